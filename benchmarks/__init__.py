"""Performance claims: ratios within one run, each against a named baseline."""
