"""An instance as a whole: opening, copies, restoring."""
