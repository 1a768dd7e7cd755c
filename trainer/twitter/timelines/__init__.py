"""Home timelines: pushed by fan-out, pulled at read, merged."""
