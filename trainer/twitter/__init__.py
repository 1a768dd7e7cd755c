"""The mini Twitter: a small real system behind one door, `api.py`. Postgres is the truth, Redis
holds what can be rebuilt, an outbox carries each change to the workers."""
