"""Articles of the site in the workbench."""
