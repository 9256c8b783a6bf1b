"""Published figures and public notices."""
