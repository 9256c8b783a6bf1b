"""Questions, answers, and the order in which they are asked."""
