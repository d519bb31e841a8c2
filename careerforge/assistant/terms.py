"""What a sentence is made of: content words, numbers with their units, names, and what is denied."""

import re
from dataclasses import dataclass
from functools import lru_cache

from careerforge.gateway.words import listed

STOPWORDS = listed(
    """
    a about above across after again against all almost along already also although always am among an and
    another any are around as at be became because become becomes been before being below between both but
    by can cannot could d did do does doing done down during each either else etc even ever every few
    first for from further get gets getting got had has have having he her here hers herself him himself
    his how however i if in indeed instead into is it its itself just least less let ll made make makes
    many may me might mine more most much must my myself neither never no nor not now of off often on once
    one only onto or other others our ours out over own per quite rather re really s same she should since
    so some such t than that the their theirs them themselves then there these they this those though
    through thus to together too toward towards under until up upon us use used uses using usually ve very
    via was we were what when where whether which while who whom whose why will with within without would
    yes yet you your yours yourself
    """
)

COUNTED = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen twenty
"""
NUMBER_WORDS = {word: str(number) for number, word in enumerate(COUNTED.split())} | {
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "hundred": "100",
    "dozen": "12",
    "half": "0.5",
    "twice": "2",
}
# "one" is nearly always a pronoun.
del NUMBER_WORDS["one"]

UNITS = {
    **dict.fromkeys(("%", "percent", "percentage", "pct", "percents"), "percent"),
    **dict.fromkeys(("$", "usd", "dollar", "dollars"), "usd"),
    **dict.fromkeys(("€", "eur", "euro", "euros"), "eur"),
    **dict.fromkeys(("£", "gbp", "pound", "pounds"), "gbp"),
    **dict.fromkeys(("hour", "hours", "h", "hr", "hrs"), "hour"),
    **dict.fromkeys(("minute", "minutes", "min", "mins"), "minute"),
    **dict.fromkeys(("second", "seconds", "sec", "secs"), "second"),
    **dict.fromkeys(("day", "days"), "day"),
    **dict.fromkeys(("week", "weeks"), "week"),
    **dict.fromkeys(("month", "months"), "month"),
    **dict.fromkeys(("year", "years", "yr", "yrs"), "year"),
    **dict.fromkeys(("km", "kilometre", "kilometres", "kilometer", "kilometers"), "km"),
    **dict.fromkeys(("mile", "miles"), "mile"),
    **dict.fromkeys(("kg", "kilogram", "kilograms"), "kg"),
    **dict.fromkeys(("gb", "gigabyte", "gigabytes"), "gb"),
    **dict.fromkeys(("mb", "megabyte", "megabytes"), "mb"),
    **dict.fromkeys(("ms", "millisecond", "milliseconds"), "ms"),
    **dict.fromkeys(("point", "points"), "point"),
}
SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "b": 1e9, "billion": 1e9}

NEGATIONS = listed(
    """
    not no never none nobody nothing neither nor without cannot hardly barely rarely seldom lack lacks
    lacking fails failed isn aren wasn weren doesn don didn hasn haven hadn won wouldn shouldn couldn
    mustn can't ain
    """
)
# How many content words a negation reaches.
NEGATION_REACH = 3

# Words that turn a statement round when one stands for the other. Stems.
OPPOSITES = tuple(
    (listed(up), listed(down))
    for up, down in (
        (
            "rise rose risen increas grow grew grown growth climb gain upward higher",
            "fall fell fallen decreas declin drop shrink shrank lower downward",
        ),
        ("more most", "less least fewer"),
        ("before prior earlier earli", "after later"),
        ("maximum most", "minimum least"),
        ("above over exceed", "below under"),
        ("allow permit", "forbid forbidden prohibit"),
        ("mandatori requir compulsori obligatori", "optional voluntari"),
        ("begin began start", "end stop finish"),
        ("open", "clos"),
        ("includ", "exclud except"),
        ("easi", "difficult hard"),
        ("fast faster", "slow slower"),
        ("cheap cheaper", "expensiv"),
        ("alwai", "never"),
        ("all everi", "none"),
        ("succ success succeed", "fail failur"),
        ("accept approv", "reject refus deni"),
        ("buy bought", "sell sold"),
        ("north northern", "south southern"),
        ("east eastern", "west western"),
    )
)

TOKEN = re.compile(
    r"\d+(?:[.,:]\d+)*|[^\W\d_]+(?:[&][^\W\d_]+)?(?:\d+)?(?:[+#]+)?|[%$€£]|['’]|[.!?;:,]", re.UNICODE
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number as text of its plain value, and its unit or nothing."""

    value: str
    unit: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What a text says, without its grammar.

    Attributes:
        words: stems of content words, in order, with repeats.
        numbers: figures and number words, with units.
        names: folded words written like names, not at the start of a sentence, or in capitals.
        denied: stems within reach of a negation.
        all_words: stems of everything, stop words too.
    """

    words: tuple[str, ...]
    numbers: frozenset[Number]
    names: frozenset[str]
    denied: frozenset[str]
    all_words: frozenset[str]


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """A light stem: plural, -ed, -ing, -ly and -er of longer words.

    After Harman, "How effective is suffixing?", 1991.
    """
    for ending, rest in (("ies", "i"), ("sses", "ss"), ("xes", "x"), ("ches", "ch"), ("shes", "sh")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + rest
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    for ending in ("ations", "ation", "ingly", "edly", "ing", "ed", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            word = word[: -len(ending)]
            break
    if len(word) > 4 and word[-1] == word[-2] and word[-1] not in "lsz":
        word = word[:-1]
    if word.endswith("y") and len(word) > 3:
        word = word[:-1] + "i"
    return word.removesuffix("e") if len(word) > 4 else word


def terms(text: str) -> Terms:
    """Take a text apart. Linear in its length."""
    return _Reader(text).read()


class _Reader:
    """One pass over the tokens of a text."""

    def __init__(self, text: str) -> None:
        self._tokens = [(match[0], match[0].casefold()) for match in TOKEN.finditer(text)]
        self._words: list[str] = []
        self._names: set[str] = set()
        self._numbers: set[Number] = set()
        self._denied: set[str] = set()
        self._all: set[str] = set()
        self._reach = 0

    def read(self) -> Terms:
        starts = True
        for place, (written, folded) in enumerate(self._tokens):
            if folded in ".!?;:,":
                self._reach = 0
                starts = starts or folded in ".!?"
                continue
            if folded not in "'’":
                self._take(place, written, folded, starts)
                starts = False
        return Terms(
            tuple(self._words),
            frozenset(self._numbers),
            frozenset(self._names),
            frozenset(self._denied),
            frozenset(self._all),
        )

    def _take(self, place: int, written: str, folded: str, starts: bool) -> None:
        if folded[0].isdigit() or folded in NUMBER_WORDS:
            self._numbers.add(self._number(place, folded))
            return
        if folded in NEGATIONS:
            self._reach = NEGATION_REACH
        stemmed = stem(folded)
        self._all.add(stemmed)
        if folded in STOPWORDS or folded in NEGATIONS or (folded in UNITS and not folded.isalpha()):
            return
        self._words.append(stemmed)
        if self._reach:
            self._denied.add(stemmed)
            self._reach -= 1
        if _is_name(written, starts):
            self._names.add(stemmed)

    def _number(self, place: int, folded: str) -> Number:
        """The value, scaled ("2.5 million"), with the unit beside it ("40 %", "$30k", "six months")."""
        value = float(_plain(NUMBER_WORDS.get(folded, folded)) or 0)
        near = [self._tokens[step][1] if step < len(self._tokens) else "" for step in (place + 1, place + 2)]
        if near[0] in SCALES:
            value *= SCALES[near.pop(0)]
        before = self._tokens[place - 1][1] if place else ""
        unit = UNITS.get(near[0]) or (UNITS[before] if before in "$€£" and before else "")
        return Number(f"{value:.6g}", unit)


def _is_name(written: str, starts: bool) -> bool:
    """Capitalised inside a sentence, or with capitals beyond the first letter anywhere."""
    inner = any(character.isupper() for character in written[1:])
    return inner or (written[0].isupper() and not starts and len(written) > 1)


def _plain(figure: str) -> str:
    """Digits and one point: thousands separators go, a decimal comma becomes a point, a time keeps its
    digits.
    """
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", figure):
        return re.sub(r"[.,]", "", figure)
    plain = re.sub(r"[:,]", ".", figure)
    return plain if plain.count(".") < 2 else plain.replace(".", "")
