"""Who interacts with whom."""
