# A pattern is read best in one piece.
# ruff: noqa: E501
"""Words that orders to a model are built of: pieces of patterns."""

# Some words of the same line.
GAP = r"[^\n]{0,60}?"

ANSWER = (
    r"(?:answers?|responses?|repl(?:y|ies)|output|completion|summary|generated (?:text|code)|"
    r"final (?:answer|message|output)|next message)"
)
YOUR_ANSWER = rf"your (?:\w+ ){{0,2}}{ANSWER}\b"

# What can only be a machine, and what people may be called as well.
MODEL = (
    r"(?:(?:ai|artificial intelligence|digital|language|chat) ?-?(?:assistants?|models?|agents?|systems?|bots?)|"
    r"(?:large )?language models?|llms?|chat ?-?bots?|chat ?gpt|gpt-?\d?|ais?|helpful assistants?|"
    r"recruiting systems?|screening (?:systems?|tools?|software)|(?:automatic )?summari[sz]ers?)"
)
MODEL_STEMS = "ai ais arti digi lang chat larg llm llms gpt recr scre summ auto help"
BARE = r"(?:assistants?|bots?|models?|copilots?)"
# A model is not the engineer, the expert or the user of one.
ITSELF = r"(?=\W*$|[.,;:!?\"'”)\]]| ?[-–—(]| (?:that|who|which|whose|for|to|named|called|known|trained|designed|with|without|in|and|by|from|created|developed|reading|processing|or|capable|able|of)\b)"

MUST = r"(?:must|should|shall|has to|have to|need to|needs to|are to|is to|will|may only)"

# Where an order begins.
IMPERATIVE = r"(?:^|[.;:!?\"'“‘(>*\-–—] ?|\b(?:please|and|must|should|then|also|now|just|you) )"
NEGATED = r"(?<!not )(?<!n't )(?<!n’t )(?<!never )(?<!cannot )(?<!not to )"
