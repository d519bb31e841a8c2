"""Links in what a model wrote. They are words: what may be followed comes from rows of our own. Pure.

The pages escape every text and no code of ours turns text into markup, so that a link in a model's answer is
dead whatever it looks like. What is left is an address that somebody may copy, and markup that is no
sentence: :func:`holds_one` finds both, and :func:`live` is the only door to an ``href``.
"""

import re
from collections.abc import Collection
from urllib.parse import urlsplit

_ADDRESS = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,15}://|\bwww\.[a-z0-9]|(?<![\w-])(?:javascript|vbscript|data|mailto|file|blob):\S"
    r"|(?<![\w@.-])(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,12}(?::\d{2,5})?/[\w%?#~=&.-]"
    r"|[\w.+%-]{1,64}@(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,12}|(?<![\w.])(?:\d{1,3}\.){3}\d{1,3}(?![\w.])"
    r"|(?<![\w/])//(?:[a-z0-9-]{1,63}\.){1,5}[a-z]{2,12}",
    re.I,
)
# A host without anything around it. Only endings that no language, file or framework is called by: "Node.js",
# "main.py" and "libc.so" are none. Those that are words stand in small letters: "Done.Live sessions follow."
_HOST = re.compile(
    r"(?<![\w@.-])"
    r"(?!(?:(?:asp|ado|vb|ml|java|system)\.net|(?:socket|draw|java|system|scipy|skimage)\.io)(?![\w/:-]|\.\w))"
    r"(?:[\w-]{1,63}[.\u3002\uff0e\uff61]){1,5}(?:com|org|net|edu|gov|mil|biz|info|io|ai|co|dev|app|xyz|eu|uk|de|fr"
    r"|es|nl|ch|ru|cn|jp|kr|br|au|ca|se|fi|dk|ie|ly|gg|tv|example|invalid|localhost"
    r"|(?-i:me|us|it|to|tech|site|page|link|live|news|shop|store|club|click|online|top))"
    r"(?![\w@-]|\.\w)",
    re.I,
)
_MARKUP = re.compile(
    r"!?\[[^\[\]\n]{0,300}\]\s{0,3}[(\[:]|<!--|</?[a-z][\w-]{0,30}(?:[\s/][^<>]{0,500})?>|<!\[|&\#?\w{2,8};",
    re.I,
)


def holds_one(text: str) -> bool:
    """Whether a text holds an address, or markup that elsewhere would make one."""
    return any(one.search(text) for one in (_ADDRESS, _HOST, _MARKUP))


def live(url: str, known: Collection[str]) -> str:
    """The address if it may be a link: one that code knows, over https or within these pages; else nothing.

    Args:
        known: addresses of catalogue rows and of documents, exactly as they are stored.
    """
    if url not in known:
        return ""
    if url.startswith("/") and not url.startswith(("//", "/\\")):
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("https", "http") and parts.netloc else ""
