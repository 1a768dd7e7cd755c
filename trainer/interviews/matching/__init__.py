"""Which question of the bank a candidate asked, from free text. Pure and deterministic.

`manage.py bench clarify` measures how well, and how long a message takes.
"""

from trainer.interviews.matching.bank import Bank, Match
from trainer.interviews.matching.sentences import MOST_QUESTIONS, questions_in
from trainer.interviews.matching.words import stems

__all__ = ["MOST_QUESTIONS", "Bank", "Match", "questions_in", "stems"]
