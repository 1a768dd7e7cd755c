"""One's own cards: write, find, change and delete them, and bring back what was set aside."""
