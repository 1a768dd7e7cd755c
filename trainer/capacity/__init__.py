"""The capacity model: every figure of the design as a formula over inputs. Pure."""
