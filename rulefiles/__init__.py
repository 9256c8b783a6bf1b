"""The tables of content/rules that portal and site both read: one reader, one truth."""
