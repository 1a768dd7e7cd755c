"""The labs' addresses."""
