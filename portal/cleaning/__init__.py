"""Cleaning of files that strangers send in: what is kept is made anew, in a process of its own."""

from portal.cleaning.kinds import LARGEST_FILE
from portal.cleaning.running import Cleaned, CleaningBusy, clean_file

__all__ = ["LARGEST_FILE", "Cleaned", "CleaningBusy", "clean_file"]
