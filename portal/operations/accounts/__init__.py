"""Accounts of staff, their sessions, and what they may open."""
