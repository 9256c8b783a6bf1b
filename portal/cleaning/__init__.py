"""Cleaning of files that strangers send in: what is kept is made anew, in a process of its own."""

from portal.cleaning.child import SHORT_SIDE
from portal.cleaning.file_types import LARGEST_FILE
from portal.cleaning.sandbox import Cleaned, CleaningBusy, clean_file
from portal.cleaning.tables import LARGEST_TABLE, read_table

__all__ = [
    "LARGEST_FILE",
    "LARGEST_TABLE",
    "SHORT_SIDE",
    "Cleaned",
    "CleaningBusy",
    "clean_file",
    "read_table",
]
