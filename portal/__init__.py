"""The portal of a trade-union hardship-worker assistance centre."""
