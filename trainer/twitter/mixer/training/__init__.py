"""Learning the rankers from the log, as of instants in the past."""
