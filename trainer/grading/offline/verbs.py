"""Small closed lists of English that tell a clause from a bare list. Pure."""

from typing import Final

from trainer.grading.offline.stems import stem
from trainer.grading.offline.word_lists import word_set


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


AUXILIARIES: Final = _stems(
    "is are was were be been am has have had do does did can could will would shall should "
    "may might must need let gets get"
)
# Words that in this field are hardly ever a noun: a fragment with one of them asserts something.
STRONG_VERBS: Final = AUXILIARIES | _stems(
    "use keep store put make serve send fetch take add give go goes come drop skip fall "
    "happen mean want lower raise pick choose collect insert deliver become pay leave avoid "
    "save saves lose holds allow apply die dies expire prefer detect run runs treat combine "
    "stitch blend mix zip weigh weights depend gets see sees saw know build builds built "
    "train trains return returns open opens close closes try tries kill kills mend bring hits "
    "let lets compare explain handle handles reduce reduces increase increases grow grows "
    "tolerate fails fail"
)
# Verbs that are nouns as often; they make a clause only beside a subject.
VERBS: Final = STRONG_VERBS | _stems(
    "push pull merge fan cache cap count rank index score shard copy split filter ignore flag "
    "review query load precompute batch distill deduplicate partition archive normalise "
    "normalize limit wait retry scale buffer queue route follow retweet repost share befriend "
    "accept fallback trade survive degrade write read sort cost hit trip post switch move "
    "live lives works grab show find"
)
PRONOUNS: Final = word_set(
    "i we you they he she it there this that these those who which what everyone someone "
    "nobody everything nothing others one"
)
DETERMINERS: Final = word_set("a an the my our your their its his her each every any all")
CONJUNCTIONS: Final = word_set(
    "but so because since while whereas although though if when unless until then or yet "
    "plus also instead otherwise however therefore thus hence except where"
)
PREPOSITIONS: Final = word_set(
    "to for at by per with from as via into onto on in of through without instead over "
    "under above below before after during between until than against like"
)
FILLERS: Final = word_set(
    "a an the um uh er erm hmm like just really very quite about around roughly "
    "approximately ca only also our your my their its his her maybe basically simply "
    "actually sort kind of say well perhaps probably even still already always usually "
    "typically"
)
INTERROGATIVES: Final = word_set(
    "why what how who which where when is are do does did can could should would will "
    "shall am was were"
)
