"""A room with benches, for the test of the command that finds them."""
