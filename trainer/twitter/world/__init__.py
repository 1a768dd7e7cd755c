"""Worlds: the synthetic population, and overlays for experiments."""
