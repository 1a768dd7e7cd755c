"""The architecture that a candidate draws: today an outline in text."""
