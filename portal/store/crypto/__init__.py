"""Keys, sealing, signing, and files that only their owner may read."""
