"""The generated site, its search and its calculators."""
