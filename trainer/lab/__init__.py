"""Live demos: the content, joined with the mini Twitter."""
