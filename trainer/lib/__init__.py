"""Small pure things that every room may use: the clock, ids, text."""
