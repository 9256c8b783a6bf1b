"""Lists of people in the workbench."""
