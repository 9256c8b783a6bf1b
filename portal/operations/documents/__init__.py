"""Photos and papers of drafts and cases."""
