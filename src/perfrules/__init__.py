"""perfrules checks budget-performance monitoring reports against a bureau's own rules, exactly and with evidence."""

