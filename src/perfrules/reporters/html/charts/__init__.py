"""Charts as inline SVG, drawn from exact numbers, each with a table of the same numbers."""
