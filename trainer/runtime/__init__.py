"""Embedded Postgres and Valkeys, and supervised processes. Imports no Django."""
