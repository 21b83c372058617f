"""What flows through the pipeline: frozen data without behaviour of its own. Each stage takes some and returns some."""
