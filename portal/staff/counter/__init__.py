"""What the counter keys in and prints."""
