"""The `bangfu` command."""
