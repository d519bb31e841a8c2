"""Which language a text is searched in, and what to tell when the company's skills have no names in it."""

from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from careerforge.skills.extraction.lexicon import ENGLISH, Lexicon, base

UNKNOWN = ("", "und")


def spoken(language: str) -> str:
    """The language a text is read in: its own, or English when it is not known."""
    own = base(language)
    return ENGLISH if own in UNKNOWN else own


def unsupported(language: str, lexicon: Lexicon) -> str:
    """A sentence for people when skills may have been missed because of a text's language; "" when not."""
    if base(language) in UNKNOWN:
        return _("The language of this text is not known; it was read as English.")
    if lexicon.speaks(language):
        return ""
    return _(
        "No skill has a name in %(language)s yet: only names that are the same everywhere were looked for."
    ) % {"language": _named(base(language))}


def _named(language: str) -> str:
    try:
        return str(get_language_info(language)["name_translated"])
    except KeyError:
        return language
