"""Reports as plain text for other programs and for mail: CSV, Markdown and JUnit XML."""
