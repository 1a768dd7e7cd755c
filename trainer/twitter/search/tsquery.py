"""A query as Postgres matches it. Pure: SQL with a placeholder for each thing that was typed.

Operators join the parts, and the server itself quotes the exact lexemes: no text is ever read as
part of the language of tsquery, nor of SQL.
"""

from collections.abc import Mapping

from trainer.twitter.search import document
from trainer.twitter.search.query import Query, Sort, Term

NOBODY = 0  # account ids begin at 1
_WORDS = f"phraseto_tsquery('simple', {document.words('%s')})"
_LEXEME = "strip(array_to_tsvector(ARRAY[%s]))::text::tsquery"
_HASHTAG = "strip(array_to_tsvector(ARRAY[lower(%s)]))::text::tsquery"


def compose(query: Query, account_ids: Mapping[str, int]) -> tuple[str, list[str]]:
    """SQL of type tsquery and its parameters, in order; `account_ids` by handle in lower case.

    Who is not among them wrote nothing.
    """
    alternatives: list[str] = []
    parameters: list[str] = []
    for group in query.groups:
        parts = [_sql(term) for term in group]
        alternatives.append(f"({' && '.join(parts)})")
        parameters += [_parameter(term, account_ids) for term in group]
    return " || ".join(alternatives), parameters


def _sql(term: Term) -> str:
    sql = {Sort.WORDS: _WORDS, Sort.AUTHOR: _LEXEME, Sort.HASHTAG: _HASHTAG}[term.sort]
    return f"!! {sql}" if term.negative else sql


def _parameter(term: Term, account_ids: Mapping[str, int]) -> str:
    if term.sort is Sort.AUTHOR:
        return f"@{account_ids.get(term.value, NOBODY)}"
    return term.value
