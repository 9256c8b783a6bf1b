"""One module per kind of page; each turns checked content into Markdown."""
