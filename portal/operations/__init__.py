"""Everything that changes or reads an instance: one function for each act."""
