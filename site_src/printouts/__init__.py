"""Rights cards and posters on paper."""
