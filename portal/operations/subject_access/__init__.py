"""What a person may ask about his own data."""
