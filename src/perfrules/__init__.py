"""perfrules checks budget-performance monitoring reports against a bureau's own rules, exactly and with evidence."""

__version__ = "0.1.0"

__all__ = ["__version__"]
