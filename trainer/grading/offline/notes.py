"""How people abbreviate in notes. Pure; the same for every pack.

What a short form may stand for: alternatives, each of one word or more.
"""

from typing import Final

_TABLE: Final = """
flwr follower|flwrs follower|folwr follower|fllwr follower|fllwrs follower|folwrs follower
flw follow|flws follow|acct account|accts account|acc account|accs account|acnt account
acnts account|rt retweet|rts retweet|rtd retweet|tl timeline|tls timeline|tlines timeline
usr user|usrs user|ppl people|twt tweet|twts tweet|fb facebook|fbs facebook|insta instagram
cb circuit breaker|cbs circuit breaker|es elasticsearch|elastic elasticsearch|srch search
celeb celebrity|celebs celebrity|celebz celebrity|w with|wo without|b4 before|bc because
bcs because|bcoz because|cuz because|cos because|cause cause/because|coz because|bcz because
thresh threshold|thrsh threshold|thr threshold|idx index|idxs index|idxed index|netw network
nw network|net network|cnt count|cnts count|uniq unique|wt weight|wts weight|wght weight
avg average|svc service|svcs service|srv service|srvc service|src source|srcs source|msg message
msgs message|db database|dbs database|prob probably|prolly probably|pub public|priv private
priv. private|pvt private|mins minute|secs second|hrs hour|hr hour|wk week|mo month|yr year
yrs year|mth month|mths month|sec second|min minute|msec ms|millis ms|millisecond ms
milliseconds ms|lat latency|reg regular|norm normal|chrono chronological|recs recommendation
rec recommendation|reco recommendation|perf performance|infra infrastructure|prod production
dev development|env environment|dedup deduplicate|dedupe deduplicate|deduped deduplicate
dedupes deduplicate|deduping deduplicate|dupe duplicate|dupes duplicate|dup duplicate
dups duplicate|approx approximately|max maximum|rep reputation|repl replica|repls replica
eng engagement|engmt engagement|info information|freq frequency|req request|reqs request
wr write|wrs write|dir directed|undir undirected|infl influencer
resp response|config configuration|cfg configuration|comp compute|precomp precompute
calc calculate|orig original|geo geographic|reg. regular|thru through|govt government|kw keyword
kws keyword|pic picture|pics picture|vs versus|yday yesterday|pplz people|peeps people
bday birthday|invalid. invalidate|inval invalidate|distrib distribute|frnd friend|frnds friend
frend friend|biz business|auto automatic|prio priority|imp important|bw bandwidth
wrt with regard to|hist history|ts timestamp|rcvd received|rcv receive|snd send|tho though
altho although|abt about|cld could|shld should|wld would|bt but|n and|nd and|u you|ur your
everybody everyone|every1 everyone|evry1 everyone|some1 someone|sb someone|smb someone
no1 nobody|somebody someone|anybody anyone|any1 anyone|dont do not|doesnt does not|didnt did not
wont will not|cant can not|cannot can not|isnt is not|arent are not|wasnt was not
shouldnt should not|wouldnt would not|couldnt could not|havent have not|hasnt has not
neednt need not|tw twitter/tweet|twtr twitter|prof profile|precalc precompute|grps group
grp group|ids id|auth author/authentication|impl implement
"""


def _read(table: str) -> dict[str, tuple[tuple[str, ...], ...]]:
    """The table: entries apart by a bar or a line; a short form, then what it stands for."""
    found = {}
    for entry in table.replace("\n", "|").split("|"):
        if entry.strip():
            short, _, long = entry.strip().partition(" ")
            found[short] = tuple(tuple(each.split()) for each in long.split("/"))
    return found


SHORT_FORMS: Final = _read(_TABLE)
