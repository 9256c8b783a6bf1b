"""When copies of the centre are due."""
