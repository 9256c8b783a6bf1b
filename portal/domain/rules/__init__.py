"""The rules of the centre, as content/rules/ gives them."""
