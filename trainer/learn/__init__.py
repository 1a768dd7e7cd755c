"""Reference pages: what is taught, to read."""
