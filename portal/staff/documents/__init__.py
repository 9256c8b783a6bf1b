"""Papers in the workbench."""
