# A pattern is read best in one piece.
# ruff: noqa: E501
"""Acts: code to be put into an answer or run, data to be sent away, somebody's things to be used."""

from careerforge.knowledge.quarantine.orders.rule import rule
from careerforge.knowledge.quarantine.orders.setting import Setting
from careerforge.knowledge.quarantine.orders.words import NEGATED

_PIECE = r"(?: (?:sections?|blocks?|snippets?|excerpts?|segments?|fragments?|passages?|pieces?|parts?|sequences?))?"
_BELOW = rf"(?:following|subsequent|below|ensuing|succeeding|next) (?:\w+ ){{0,2}}(?:code|script|program|snippet)\b{_PIECE}"
_YOURS = (
    r"(?:code(?:base)?|implementation|solution|algorithm|project|response|answer|program|elucidation|explanation|script|"
    r"workflow|function|logic|structure|architecture|software|output|reply)\b"
)
_TAKE = r"(?:get|fetch|retrieve|access|find|read|collect|extract|download|export|gather|look up|search|view|check|obtain|pull|list|show)"
_SEND = r"(?:send|e-?mail|forward|share|post|upload|transmit|mail|message)"
_PRIVATE = (
    r"(?:conversation|chat history|users?'?s? (?:data|details|messages?|passwords?|address(?:es)?)|credentials|api keys?|"
    r"system prompt|passwords?|saved (?:addresses|cards|payment))"
)
_THINGS = (
    r"(?:accounts?|bank|wallet|savings|devices?|doors?|locks?|alarms?|cameras?|thermostat|calendar|reminders?|contacts?|files?|"
    r"folders?|records?|data|history|passwords?|credentials|address(?:es)?|cards?|medical|health|location|backups?|"
    r"repositor(?:y|ies)|inbox|friends?|home|network|system)"
)

RULES = (
    rule(
        "code",
        ("code scri snip prog",),
        rf"\b{_BELOW}[^\n]{{0,60}}?\b(?:your|the) (?:\w+ ){{0,3}}{_YOURS}",
        r"\b(?:your|the) (?:\w+ ){0,2}(?:code(?:base)?|implementation|solution|algorithm|response|answer|program) "
        r"[^\n]{0,60}?\b(?:following|subsequent|below) code\b",
        r"\b(?:inclu\w+|insert|add|embed|incorporat\w+|integrat\w+|use|utili[sz]e|employ|deploy|execute|run|render|leverage|"
        r"ensure|append|inject|blend|merge|weave|meld|absorb|apply|implement|consider)\b[^\n]{0,60}\b(?:following|subsequent|below) "
        r"(?:code|script)(?: (?:section|block|snippet|excerpt|segment|fragment|sequence))\b",
        ordinary=[Setting.SOFTWARE],
    ),
    rule(
        "leak",
        ("send forw emai e post uplo tran exfi leak copy", "conv chat user cred api syst pass save"),
        rf"{NEGATED}\b(?:send|forward|e-?mail|post|upload|transmit|exfiltrate|leak|copy)\b[^\n]{{0,50}}\b{_PRIVATE}\b[^\n]{{0,40}}"
        r"\bto\b[^\n]{0,40}(?:@|https?:|www\.|\.com|attacker|me\b)",
    ),
    rule(
        "leak",
        ("my user", "send emai e forw shar post uplo tran mail mess"),
        rf"\b{_TAKE}\b[^\n]{{0,60}}\b(?:my|the users?'?s?|users'?)\b[^\n]{{0,60}}\b(?:and|then)\b[^\n]{{0,20}}\b{_SEND}\b "
        r"(?:it|them|this|that|these|those|the)\b[^\n]{0,80}(?:@|https?:|www\.|\bto (?-i:[A-Z]))",
    ),
    rule(
        "tool",
        ("my",),
        r"^[\s\"'*>-]{0,4}(?:please |kindly |can you |could you |i need you to |also,? |then ){0,4}"
        r"(?:transfer|wire|deposit|withdraw|grant|unlock|delete|erase|disable|turn off|deactivate|modify|share|remove|install|give|"
        r"schedule|create|update|change|move|clear|send|initiate|retrieve|fetch|access)\b(?=[^\n]{0,160}(?:@|[$€£\d]))"
        rf"[^\n]{{0,80}}\bmy (?:\w+ ){{0,2}}{_THINGS}\b",
    ),
)
