"""Drafts and their submission."""
