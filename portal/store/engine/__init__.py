"""TinyDB on SQL rows."""
