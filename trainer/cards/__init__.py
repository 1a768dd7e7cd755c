"""Flashcards: made from what is taught, or one's own; each comes back before it is forgotten."""
