"""Whether a new text of a prompt can be used: said with the line, when it is saved. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.template import Context, Engine, TemplateSyntaxError, VariableDoesNotExist
from django.template.base import DebugLexer, FilterExpression, TokenType, Variable, VariableNode
from django.template.defaulttags import ForNode, IfNode
from django.utils.translation import gettext as _

from careerforge.assistant.prompts.declared import DAY
from careerforge.assistant.prompts.template import ENGINE, NAMES, PART
from careerforge.assistant.prompts.trial import trial

LONGEST = 40_000
# Of a trial with the example, and so of what a model is sent at least.
LONGEST_TRIAL = 60_000
# Decimals and the like; and what two loops over lists cost is bearable, three no more.
LARGEST_NUMBER, DEEPEST = 99, 2
# Of one tag in characters, words in it, filters, and tags in one another: the parser calls itself for each.
LONGEST_TAG, MOST_WORDS, MOST_FILTERS, DEEPEST_TAGS = 400, 30, 5, 10
# Says which node has failed. It fills in as the true one does.
_TRYING = Engine(debug=True, autoescape=False, string_if_invalid=ENGINE.string_if_invalid)
# What a tag or a filter raises when it cannot do with a value; a missing value is a ``LookupError``.
_RAISED = (
    ArithmeticError, AttributeError, LookupError, RecursionError, TemplateSyntaxError, TypeError, ValueError,
    VariableDoesNotExist,
)  # fmt: skip
# Nothing that reads a file, a clock or chance, or that could make one text of the same values another.
TAGS = frozenset({"if", "elif", "else", "endif", "for", "empty", "endfor"})
FILTERS = frozenset(
    {"date", "default", "default_if_none", "join", "length", "first", "last", "lower", "upper", "floatformat"}
)
FORLOOP = dict.fromkeys(("counter", "counter0", "revcounter", "revcounter0", "first", "last"), 1)
MARK = "mark"


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text cannot be used, and in which line; 0 for the text as a whole."""

    line: int
    why: str

    def __str__(self) -> str:
        return _("Line %(line)s: %(why)s") % {"line": self.line, "why": self.why} if self.line else self.why


def frame_problems(text: str) -> list[Problem]:
    """What is wrong with a new frame: it is plain text, the same for everybody."""
    if not text.strip():
        return [Problem(0, _("The text is empty."))]
    tokens = DebugLexer(text[:LONGEST]).tokenize()
    found = [Problem(one.lineno or 0, _("The frame takes no values."))
             for one in tokens if one.token_type is not TokenType.TEXT]  # fmt: skip
    if PART.search(text):
        found.append(Problem(0, _("The frame has no parts.")))
    return [*_too_long(text), *found]


def problems(text: str, values: Mapping[str, Any]) -> list[Problem]:
    """What is wrong with a new text, in the order of its lines.

    Args:
        values: what the function gives, by example; see ``declared``.
    """
    found = _too_long(text) or _bad_parts(text) or [
        problem for name, line, part in _parts(text) for problem in _bad_part(name, line, part, values)
    ]  # fmt: skip
    return found or _failed_trial(text, values)


def _failed_trial(text: str, values: Mapping[str, Any]) -> list[Problem]:
    """What goes wrong when the text is really filled in with the example."""
    length = 0
    for _name, first, part in _parts(text):
        context = Context(
            {"now": DAY, **trial(values), MARK: "0" * 8}, autoescape=False, use_l10n=False, use_tz=False
        )
        try:
            length += len(_TRYING.from_string(part).render(context))
        except _RAISED as error:
            line = getattr(getattr(getattr(error, "_culprit_node", None), "token", None), "lineno", 1) or 1
            return [Problem(first + line - 1, _("This fails with the example: %s") % error)]
    if length <= LONGEST_TRIAL:
        return []
    why = _("Filled in with the example it is longer than %(most)s characters.")
    return [Problem(0, why % {"most": LONGEST_TRIAL})]


def _too_long(text: str) -> list[Problem]:
    if len(text) <= LONGEST:
        return []
    return [Problem(0, _("The text is longer than %(most)s characters.") % {"most": LONGEST})]


def _bad_parts(text: str) -> list[Problem]:
    """The three parts, each once and in their order, and nothing before them."""
    found = [one[1] for one in PART.finditer(text)]
    missing = [name for name in NAMES if name not in found]
    if missing:
        lack = _("The part “%(part)s” is missing: a line that says only <!-- part: %(part)s -->.")
        return [Problem(0, lack % {"part": name}) for name in missing]
    if found != list(NAMES):
        return [Problem(0, _("The parts stand once each, in this order: %s.") % ", ".join(NAMES))]
    if text[: text.index("<!-- part:")].strip():
        return [Problem(1, _("Nothing stands before the first part."))]
    return [Problem(line, _("The part “%s” is empty.") % name) for name, line, part in _parts(text)
            if not part.strip()]  # fmt: skip


def _parts(text: str) -> Iterator[tuple[str, int, str]]:
    """Name, number of its first line, and text of each part."""
    places = list(PART.finditer(text))
    ends = [one.start() for one in places[1:]] + [len(text)]
    for found, end in zip(places, ends, strict=True):
        yield found[1], text.count("\n", 0, found.end()) + 1, text[found.end() : end]


def _bad_part(name: str, first: int, text: str, values: Mapping[str, Any]) -> list[Problem]:
    problem = _bad_tag(text) or _bad_syntax(text)
    if problem:
        return [Problem(first + problem.line - 1, problem.why)]
    named = list(_named(ENGINE.from_string(text).nodelist, {**values, "now": values.get("now"), MARK: ""}))
    wrong = [one for one in named if one.why]
    found = [Problem(first + one.line - 1, one.why) for one in wrong]
    used = {one.path[0] for one in named}
    if name == "system" and used:
        found.append(Problem(first, _("The system part takes no values: it is the same for everybody.")))
    if name != "system" and any(isinstance(values.get(one), str | list) for one in used) and MARK not in used:
        where = {"open": "<data-{{ mark }}>", "close": "</data-{{ mark }}>"}
        found.append(Problem(first, _("Data stands between marks, such as %(open)s and %(close)s.") % where))
    return found


def _bad_tag(text: str) -> Problem | None:
    depth = 0
    for token in DebugLexer(text).tokenize():
        if token.token_type is not TokenType.TEXT and (why := _too_much(token.contents)):
            return Problem(token.lineno or 1, why)
        tag = token.contents.split(maxsplit=1)[0] if token.contents.strip() else ""
        if token.token_type is TokenType.BLOCK and tag not in TAGS:
            why = _("{%% %(tag)s %%} cannot be used here; what can: %(tags)s.")
            return Problem(token.lineno or 1, why % {"tag": tag, "tags": ", ".join(sorted(TAGS))})
        if token.token_type is TokenType.COMMENT:
            return Problem(token.lineno or 1, _("A comment would be sent to nobody; leave it out."))
        if token.token_type is TokenType.BLOCK:
            depth += (tag in ("if", "for")) - (tag in ("endif", "endfor"))
        if depth > DEEPEST_TAGS:
            why = _("At most %(most)s conditions and loops stand in one another.")
            return Problem(token.lineno or 1, why % {"most": DEEPEST_TAGS})
    return None


def _too_much(tag: str) -> str:
    """Why a tag is too long to be taken apart; empty when it is not."""
    limits = (
        (len(tag), LONGEST_TAG, _("One tag has at most %(most)s characters.")),
        (len(tag.split()), MOST_WORDS, _("One tag has at most %(most)s words.")),
        (tag.count("|"), MOST_FILTERS, _("One tag has at most %(most)s filters.")),
    )
    return next((why % {"most": most} for found, most, why in limits if found > most), "")


def _bad_syntax(text: str) -> Problem | None:
    try:
        ENGINE.from_string(text)
    except TemplateSyntaxError as error:
        return Problem(getattr(getattr(error, "token", None), "lineno", 1) or 1, str(error))
    return None


@dataclass(frozen=True, slots=True)
class _Named:
    """A value that a text names, where, and what is wrong with it."""

    path: tuple[str, ...]
    line: int
    why: str = ""


def _named(nodes: Sequence[Any], scope: Mapping[str, Any], depth: int = 1) -> Iterator[_Named]:
    for node in nodes:
        line = node.token.lineno or 1
        if isinstance(node, VariableNode):
            yield from _in_expression(node.filter_expression, line, scope)
        elif isinstance(node, ForNode):
            named = list(_in_expression(node.sequence, line, scope))
            yield from named
            if not any(one.why for one in named):
                yield from _bad_loop(node, line, scope, depth)
            yield from _named(node.nodelist_loop, {**scope, **_loop(node, scope)}, depth + 1)
            yield from _named(node.nodelist_empty, scope, depth)
        elif isinstance(node, IfNode):
            for condition, inner in node.conditions_nodelists:
                yield from _in_condition(condition, line, scope)
                yield from _named(inner, scope, depth)


def _in_condition(condition: Any, line: int, scope: Mapping[str, Any]) -> Iterator[_Named]:
    """An operator has one or two sides, and at the ends there are expressions."""
    value = getattr(condition, "value", None)
    if isinstance(value, FilterExpression):
        yield from _in_expression(value, line, scope)
    for side in ("first", "second"):
        if getattr(condition, side, None) is not None:
            yield from _in_condition(getattr(condition, side), line, scope)


def _in_expression(found: FilterExpression | str, line: int, scope: Mapping[str, Any]) -> Iterator[_Named]:
    if isinstance(found, str):
        return
    variables = [found.var, *(value for _f, given in found.filters for is_name, value in given if is_name)]
    for one in variables:
        if isinstance(one, Variable) and one.lookups is not None:
            yield _looked_up(one.lookups, line, scope)
    for used, _given in found.filters:
        name = getattr(used, "_filter_name", used.__name__)
        if name not in FILTERS:
            yield _Named(("",), line, _("The filter “%s” cannot be used here.") % name)
    for used, given in found.filters:
        yield from _bad_arguments(getattr(used, "_filter_name", used.__name__), given, line)


def _bad_arguments(name: str, given: Sequence[tuple[bool, Any]], line: int) -> Iterator[_Named]:
    """Numbers that print pages of zeros, be they written here or in a question."""
    for is_name, value in given:
        if is_name and value.lookups is not None:
            if name == "floatformat":
                yield _Named(("",), line, _("The filter “floatformat” takes a number that is written here."))
        elif _number(str(value.literal if is_name else value)) > LARGEST_NUMBER:
            why = _("A filter takes no number above %(most)s.") % {"most": LARGEST_NUMBER}
            yield _Named(("",), line, why)


def _number(argument: str) -> float:
    """Its size; 0 for what is none. ``floatformat`` takes a ``g`` or a ``u`` behind it."""
    try:
        return abs(float(argument.strip().rstrip("gu")))
    except ValueError:
        return 0


def _bad_loop(node: Any, line: int, scope: Mapping[str, Any], depth: int) -> Iterator[_Named]:
    if depth > DEEPEST:
        why = _("At most %(most)s loops stand in one another.") % {"most": DEEPEST}
        yield _Named(("",), line, why)
    for name in node.loopvars:
        if name in scope or name == "forloop":
            why = _("“%(name)s” is a value of this prompt already; call what the loop goes over otherwise.")
            yield _Named(("",), line, why % {"name": name})
    if node.sequence.filters or not isinstance(_looped(node, scope), list):
        yield _Named(("",), line, _("A loop goes over a list of this prompt, and over nothing else."))


def _looked_up(path: Sequence[str], line: int, scope: Mapping[str, Any]) -> _Named:
    at: Any = scope
    for step in path:
        if not isinstance(at, Mapping) or step not in at:
            known = ", ".join(sorted(at)) if isinstance(at, Mapping) else "–"
            why = _("“%(name)s” is no value of this prompt; here it has: %(known)s.")
            return _Named(tuple(path), line, why % {"name": ".".join(path), "known": known})
        at = at[step]
    return _Named(tuple(path), line)


def _loop(node: Any, scope: Mapping[str, Any]) -> dict[str, Any]:
    """What is known inside a loop: the entry, and its number."""
    at = _looped(node, scope)
    entry = at[0] if isinstance(at, Sequence) and not isinstance(at, str) and at else {}
    return {**dict.fromkeys(node.loopvars, entry), "forloop": FORLOOP}


def _looped(node: Any, scope: Mapping[str, Any]) -> Any:
    """What a loop goes over, by example; None where it has no name."""
    steps = getattr(node.sequence.var, "lookups", None)
    at: Any = scope if steps else None
    for step in steps or ():
        at = at.get(step) if isinstance(at, Mapping) else None
    return at


def line_of(text: str, number: int) -> str:
    """One line of a text, from 1; empty beyond its end."""
    lines = text.splitlines()
    return lines[number - 1] if 0 < number <= len(lines) else ""
