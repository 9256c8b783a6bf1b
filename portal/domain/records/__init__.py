"""What has a history: events, what they count for, and the workflow that allows them."""
