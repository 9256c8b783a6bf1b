"""What a person may take away of his own data."""
