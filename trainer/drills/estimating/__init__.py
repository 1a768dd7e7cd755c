"""Reading an estimate as a candidate writes it: small formulas with units, one a line. Pure."""
