"""What only the labs look at: plain arguments in, frozen dataclasses out."""
