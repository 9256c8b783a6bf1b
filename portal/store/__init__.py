"""The row store: TinyDB's documents as rows of SQLite or PostgreSQL."""
