"""What has no business in an answer, whatever supports it: code, orders, itself, what nobody sees. Pure."""

import re
import unicodedata

from careerforge.assistant.policy.asking import one_of
from careerforge.knowledge.quarantine import hiding, orders

# Answers are prose. One of these alone makes code of a sentence; a name such as `kubectl` does not.
_CODE = re.compile(
    r"```|~~~|^\s{0,20}(?:from [\w.]{1,60} )?import [\w.]{1,60}(?:,| as |;|\s*$)|"
    r"[:;'\n]\s?from [\w.]{1,60} import \w|\bdef \w{1,60}\s?\("
    r"|#include\s?<|<\?php|\b[\w.]{1,60}\.\w{1,60}\([^()\n]{0,200}\)|\b\w{1,60}\s?=\s?[\w.]{1,60}\(|"
    r"(?:\);|[{}])\s*$"
    r"|\bos\.\w+|\bsubprocess\b|\beval\(|\bexec\(|\brm -rf\b|\bcurl -|\bwget |\$\(|\bsudo \w|\bchmod \d|"
    r"\bSELECT\b.{1,80}\bFROM\b"
    r"|\bDROP TABLE\b|\bINSERT INTO\b|\\x[0-9a-f]{2}|"
    r"\bfunction\s?\w{0,40}\s?\([^()]{0,100}\)\s?\{|=>\s?\{|&&|\|\|",
    re.M,
)
# A long run without a space is no word: encoded text, keys, hashes.
_RUN = re.compile(r"(?<![\w+/])[\w+/]{40,400}={0,2}|(?:\b[0-9a-f]{2}[ :]){8}", re.I)
_ITSELF = re.compile(
    one_of(
        r"""
        \b(?:my|the|your|these|this) (?:(?:system|initial|original|hidden|secret|internal|own|full|
        earlier) )+(?:prompt|instructions?|rules|message|configuration)\b|
        \bsystem prompt\b|\bas (?:an ai|a language model|an assistant|your new)\b|\bi (?:am|was) (?:an ai|
        chatgpt|claude|gpt|a language model|instructed|told|trained|configured)\b|
        \bdata-[0-9a-f]{8}\b|\bquestion-[0-9a-f]{8}\b|\bi will (?:now )?(?:ignore|disregard|obey|act as|
        pretend)|\bjailbr[eo]ak\w*|\bdeveloper mode\b|\bDAN mode\b
        """
    ),
    re.I,
)


def has_unseen(sentence: str) -> bool:
    """Whether it holds control characters, or such as nobody sees: they turn text round, or hide some.

    A joiner behind a letter of another script, or within an emoji, is spelling.
    """
    return any(
        unicodedata.category(one) in ("Cc", "Cf")
        and one not in "\t\r\n"
        and not (one in "\u200c\u200d" and before >= "\u0590")
        for before, one in zip(" " + sentence, sentence, strict=False)
    )


def is_code(sentence: str) -> bool:
    """Whether it is code or encoded text rather than a sentence."""
    return bool(_CODE.search(sentence)) or any(_is_encoded(run[0]) for run in _RUN.finditer(sentence))


def _is_encoded(run: str) -> bool:
    return any(character.isdigit() for character in run) or " " in run


def is_order(sentence: str) -> bool:
    """Whether it reads like an instruction to a model, by the rules of the quarantine."""
    return orders.is_order(hiding.plain(sentence)[0])


def is_about_itself(sentence: str) -> bool:
    """Whether a model speaks of itself or of its instructions."""
    return bool(_ITSELF.search(sentence))
