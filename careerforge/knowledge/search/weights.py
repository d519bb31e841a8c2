"""What a search weighs, and how much: all in one place, fixed on the development sets and nowhere else.

The sets are those of ``bench/baselines/retrieval_sets.py``: SciFact's claims, and six that are made from
tables of occupations, titles, tasks, skills and questions. ``bench/retrieval.py`` measures them again, with
weights chosen on one part of the queries and judged on the other. Ageing, trust and bias are not measured
there: they are promises to people, kept small.
"""

from collections.abc import Mapping
from types import MappingProxyType

# BM25: how soon a word's repetition stops counting, and how much a passage's length does.
K1, B = 1.2, 0.5
# Candidates of each leg, and how many of them are read and ranked.
DEPTH, READ = 50, 48
# What the words' score (BM25 without its constant factor, 0 to some tens) counts beside a cosine.
WORDS = 0.03

# After so many days a document of this kind counts half as fresh. Kinds that are not here hold until they
# are replaced.
HALF_LIFE_DAYS: Mapping[str, int] = MappingProxyType(
    {
        "posting": 60,
        "market_report": 150,
        "article": 240,
        "salary_report": 300,
        "course": 540,
        "certification_guide": 540,
    }
)
# The share of a score that age, and a source that has lost its trust, take away at most: a fresh near miss
# never beats an old hit by much.
AGE, DISTRUST = 0.15, 0.15
# The share that a passage gains at most by naming the asker's skills and target.
BIAS = 0.1
