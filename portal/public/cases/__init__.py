"""A case as its applicant follows it."""
