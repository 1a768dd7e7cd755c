"""Standing outages: clients that do not wait long, sending that never fails, limits,
circuit breakers, time limits, scripts."""
