"""What `manage.py bench` can measure in the mini Twitter."""

from trainer.twitter.benches import fanout, read, search, trends

BENCHES = {
    "fanout": fanout.BENCH,
    "read": read.BENCH,
    "search": search.BENCH,
    "trends": trends.BENCH,
}
