"""Neutral sentences that are sent to applicants."""
