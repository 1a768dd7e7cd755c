"""What `manage.py bench` can measure in the mini Twitter."""

from trainer.twitter.benches import fanout, memory, read, search, trends

BENCHES = {
    "fanout": fanout.BENCH,
    "memory": memory.BENCH,
    "read": read.BENCH,
    "search": search.BENCH,
    "trends": trends.BENCH,
}
