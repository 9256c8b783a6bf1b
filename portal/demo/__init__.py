"""The invented centre that `bangfu demo` fills."""
