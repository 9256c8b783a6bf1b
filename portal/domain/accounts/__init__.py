"""Roles, permissions, and who acts."""
