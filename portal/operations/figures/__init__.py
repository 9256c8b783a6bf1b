"""Figures of the centre: closing the months that are reported, and what came too late for them."""
