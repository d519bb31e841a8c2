"""Which of PostgreSQL's text-search configurations stems the words of a language."""

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext as _

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


def name(language: str) -> str:
    """A language for people: ``"de-AT"`` gives "German"; a tag nobody knows stays as it is."""
    code = language.strip().lower().replace("_", "-").split("-", 1)[0]
    if code in ("", "und"):
        return _("Not known")
    # Django translates the names of all languages it knows.
    known = LANG_INFO.get(code, {}).get("name")
    return _(known) if known else language


def unsupported(language: str) -> str:
    """A sentence for people when the words of a language are not stemmed; empty when they are.

    Args:
        language: a BCP 47 tag; ``"und"`` or empty when nobody said which language it is.
    """
    if configuration(language) != UNKNOWN:
        return ""
    if language.strip().lower() in ("", "und"):
        return _(
            "The source does not say which language this is: a search by word finds its words only as"
            " written, not in other forms."
        )
    return _(
        "%(language)s is not supported: a search by word finds its words only as written, not in other forms."
    ) % {"language": name(language)}
