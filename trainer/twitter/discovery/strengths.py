"""How much one act says about the wish to hear from the author again. Pure.

A like is 1. Assumed, by what the act costs and who sees it: a click may be curiosity and nobody
sees it; a like is public; a retweet puts the author's words before one's own followers; a reply is
words written to them. Not the weights of a ranker, which multiply chances of what one tweet will be
given.
"""

from datetime import timedelta

from trainer.twitter.world.population import (
    BOOKMARK,
    CLICK,
    LIKE,
    PROFILE_CLICK,
    REPLIED,
    RETWEETED,
)

STRENGTH = {  # by the kind of the engagement
    CLICK: 0.25,
    PROFILE_CLICK: 0.5,
    LIKE: 1.0,
    BOOKMARK: 1.0,
    RETWEETED: 2.0,
    REPLIED: 3.0,
}
# Assumed: as long as an account may be away before it counts as inactive.
HALF_LIFE = timedelta(days=30)
