"""Many submissions at once: rules as SQL over a dataset of tables, and one submission by generated code."""
