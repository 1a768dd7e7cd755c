"""Scoring an answer against reference answers, for points without patterns. Pure."""
