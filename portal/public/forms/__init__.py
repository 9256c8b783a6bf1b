"""Filling in a form, putting it aside, handing it in."""
