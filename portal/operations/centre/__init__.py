"""The centre as a whole: copies, restoring, retention, its clock."""
