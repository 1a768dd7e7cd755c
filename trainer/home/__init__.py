"""The front page: one sentence, one button, and the next step for who returns."""
