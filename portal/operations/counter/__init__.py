"""Forms that the counter keys in for somebody."""
