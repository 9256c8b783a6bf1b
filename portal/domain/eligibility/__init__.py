"""The hardship test."""
