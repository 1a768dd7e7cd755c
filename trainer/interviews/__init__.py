"""The paced mock interview: one log per interview, and everything read from it."""
