"""Stretches of a text that tell who somebody is."""

from dataclasses import dataclass

from careerforge.gateway.forms import Kind


@dataclass(frozen=True, slots=True)
class Span:
    """Characters ``start`` to ``end`` of the text tell who ``who`` is.

    Strangers have their own words as ``who``.
    """

    start: int
    end: int
    kind: Kind
    who: int | str


def apart(found: list[Span]) -> list[Span]:
    """The first and longest of those that overlap."""
    kept: list[Span] = []
    for span in sorted(found, key=lambda span: (span.start, -span.end, span.kind)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept
