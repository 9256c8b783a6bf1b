"""Notices to applicants: queueing and delivery."""
