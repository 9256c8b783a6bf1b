"""Cases: steps, reading, following, secret codes."""
