"""Lists of people in a collective dispute."""
