"""Settings of the unit tests: the same examples on every run, few enough to stay quick."""

from hypothesis import settings

settings.register_profile("unit", max_examples=60, derandomize=True, deadline=None)
settings.load_profile("unit")
