"""Words that say something about a sentence whatever it is about: small ones, numbers, units, opposites."""

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
# These deny only what follows them.
FORWARD = listed("without lack lacks lacking")
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

# Of these it does not matter which one denies.
DENYING = listed("no not never none nobody nothing neither nor cannot without")
# "Every second week" counts.
EVERY = {"second": "2", "other": "2", "third": "3", "fourth": "4"}
# Small words that change what is said when another one stands in their place.
TELLING = listed("before after first more most less least over under above below until")
# One thing stands on the left of these, another on the right; the second turns the order round.
RELATIONS = {"before": 1, "after": -1, "above": 1, "below": -1, "over": 1, "under": -1}
# Where one part of a sentence ends and another begins.
BREAKS = listed("and but or while whereas although though because since unless when where whenever if which")

# Words that say the same in the texts of a company. The first of each stands for all; stems.
SAME = tuple(
    tuple(words.split())
    for words in (
        "exam examin",
        "certificat certification certifi",
        "requir requirement need ask demand expect name named mention",
        "begin start began begun commenc",
        "show shown showed prov proven proof demonstrat evidenc",
        "buy bought purchas",
        "compani firm organis organiz",
        "personnel staff employe",
        "peopl person somebodi someon anybodi anyon whoever",
        "advert advertis",
        "build built creat",
        "learn learnt studi",
        "teach taught",
        "choos chosen chose select pick",
        "help assist support",
        "get receiv obtain",
        "salari wage earn",
        "pay paid",
        "cost price fee",
        "allow permit",
        "forbid forbidden prohibit",
        "rise rose risen increas grow grew grown growth climb",
        "fall fell fallen drop declin decreas shrink shrank",
        "job role post position",
        "big larg",
        "quick fast rapid",
        "yearli annual",
        "own belong",
        "lose lost",
        "take taken took",
        "say said told tell",
        "meet met",
        "run ran",
        "break broke broken",
        "move moving",
        "keep kept retain",
    )
)
CANONICAL = {word: group[0] for group in SAME for word in group}

# Verbs that stand for each other beside a measure or a place.
LIGHT = listed("take last come go run stand give hold happen")
# These deny what the sentence says, in a word of their own.
UNSAID = listed("unused unpaid unable unknown untested untrained unsupported unchanged unsigned unfinished")
