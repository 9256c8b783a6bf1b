"""The workbench: deny by default, its own cookie, every route with a declared guard."""
