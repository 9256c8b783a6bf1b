"""Cases in the workbench."""
