"""Lists of people, typed one by one or sent whole."""
