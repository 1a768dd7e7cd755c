"""Flashcards: made from what is taught, or one's own, and asked when they are about to be forgotten."""
