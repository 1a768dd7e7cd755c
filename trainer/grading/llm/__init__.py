"""Grading by a language model, where the site has one. Whoever calls has the offline grade to fall
back on: everything that goes wrong here is an LlmError."""
