"""Calls that staff make for the program."""
