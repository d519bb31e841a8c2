"""Which of PostgreSQL's text-search configurations stems the words of a language."""

UNKNOWN = "simple"
CONFIGURATIONS = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nl": "dutch",
    "no": "norwegian",
    "nb": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
    "tr": "turkish",
}


def configuration(language: str) -> str:
    """The configuration of a BCP 47 tag: ``"de-AT"`` gives german, an unknown one simple words."""
    return CONFIGURATIONS.get(language.strip().lower().replace("_", "-").split("-", 1)[0], UNKNOWN)
