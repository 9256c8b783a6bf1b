"""Writing for the site: articles from the first draft to the page, and what lies in content/."""
