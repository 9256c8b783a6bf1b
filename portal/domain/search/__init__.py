"""Ranking what the search of the site finds."""
