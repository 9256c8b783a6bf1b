"""Signing in, and accounts of staff."""
