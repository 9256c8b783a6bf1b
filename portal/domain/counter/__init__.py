"""How forms reach the centre, and their paper twins."""
