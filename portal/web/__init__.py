"""What the public app and the staff app share: edge rules, forms, look."""
