"""When a thing comes back, and how well the points of a rubric are kept. Keys are opaque here."""
