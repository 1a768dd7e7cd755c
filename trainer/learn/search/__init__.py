"""A search over everything that a pack teaches, in Postgres's full text."""
