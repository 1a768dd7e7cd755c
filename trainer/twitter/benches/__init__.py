"""What `manage.py bench` can measure in the mini Twitter."""

from trainer.twitter.benches import fanout, home, memory, ranking, read, search, trends

BENCHES = {
    "fanout": fanout.BENCH,
    "home": home.BENCH,
    "memory": memory.BENCH,
    "ranking": ranking.BENCH,
    "read": read.BENCH,
    "search": search.BENCH,
    "trends": trends.BENCH,
}
