"""The Home Mixer: the ranked home timeline."""
