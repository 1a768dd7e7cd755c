"""Full-text search over tweets, indexed by the workers."""
