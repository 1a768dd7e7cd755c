"""Names that others need without what stands behind them."""

SMALL = "small"  # the base world that is built first, and stands in for the default one
