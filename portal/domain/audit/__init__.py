"""The audit log: what may stand in it, and what the auditor reads."""
