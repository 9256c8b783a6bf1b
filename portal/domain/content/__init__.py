"""Articles of the site and their versions."""
