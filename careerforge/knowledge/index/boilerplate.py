"""What stands on every page and answers nothing."""

import re

LONGEST = 240

_PHRASES = re.compile(
    r"all rights reserved|©|\(c\) (?:19|20)\d\d|skip to (?:main )?content|back to top|advertisement"
    r"|cookie(?:s| policy| settings| preferences)|(?:accept|manage) (?:all )?cookies"
    r"|(?:subscribe to|sign up for) (?:our|the) newsletter|click here to unsubscribe|follow us on"
    r"|share (?:this|on) (?:article|post|page|facebook|twitter|x|linkedin)|view (?:this|it) in your browser"
    r"|privacy policy|terms of (?:use|service)|you are using an outdated browser|please enable javascript"
    r"|javascript is (?:disabled|required)",
    re.IGNORECASE,
)
_LETTERS = re.compile(r"[^\W\d_]{2}")


def is_boilerplate(block: str) -> bool:
    """True for blocks without words, and for short ones that are nothing but a page's furniture.

    A sentence about cookies inside a policy is content: a third of the block must be such phrases.
    """
    if not _LETTERS.search(block):
        return True
    if len(block) > LONGEST:
        return False
    found = sum(len(match[0]) for match in _PHRASES.finditer(block))
    return found * 3 >= len(block)
