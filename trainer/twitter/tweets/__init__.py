"""Tweets, and what accounts do with them."""
