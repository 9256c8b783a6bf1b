"""Papers: which are wanted, and which have come."""
