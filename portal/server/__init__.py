"""The server: both apps in one process, and what runs beside them."""
