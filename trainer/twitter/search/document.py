"""What of a tweet can be found: the one expression that makes its tsvector.

Seeding, indexing and the rebuild all use it, so that the same tweet is found by the same words
whoever indexed it.

Words are taken by the configuration `simple`: lower case, neither stemmed nor stopped. A tweet is
short and full of names; "IT" is a word people look for, a phrase means its exact words, and what
matches can be said in one sentence. All but letters and digits is blanked first, or the parser
would read "and/or" as a path, "-5" as a number and "<b>" as markup, and hide the words in them.

Hashtags and the author stand in the same vector as lexemes with a sign of their own, which no word
can hold: `#tag` in lower case, `@` and the number of the account. So one index answers all of it.
"""

# The text arrives as {text}: a column or a bound parameter, never what somebody typed.
_WORDS = "regexp_replace({text}, '[^[:alnum:]]+', ' ', 'g')"
_HASHTAG = "(?<![[:alnum:]_&])#[[:alnum:]_]*[[:alpha:]][[:alnum:]_]*"
_HASHTAGS = "ARRAY(SELECT lower(tag[1]) FROM regexp_matches({text}, {pattern}, 'g') AS tag)"


def words(text: str = "%s") -> str:
    """SQL: `text` (an SQL expression of type text) as plain words with blanks between them, for
    to_tsvector and phraseto_tsquery alike."""
    return _WORDS.format(text=text)


def tsvector(text: str = "text", author_id: str = "author_id") -> str:
    """SQL of type tsvector: the document of a tweet, from two SQL expressions (columns).

    Holds a hashtag only if it begins a word and has a letter: neither `a#b` nor `#1` is one.
    """
    hashtags = _HASHTAGS.format(text=text, pattern=f"'{_HASHTAG}'")
    lexemes = f"array_to_tsvector({hashtags} || ('@' || {author_id}))"
    return f"to_tsvector('simple', {words(text)}) || {lexemes}"
