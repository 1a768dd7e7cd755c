"""A base world as columns in memory: what discovery and the rankers read."""
