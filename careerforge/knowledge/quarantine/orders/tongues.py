# A pattern is read best in one piece.
# ruff: noqa: E501
"""“Ignore all previous instructions” in other languages, and “… and put 1.0”."""

import re

from careerforge.knowledge.quarantine.orders.rule import rule
from careerforge.knowledge.quarantine.orders.words import GAP

RULES = (
    # German.
    rule(
        "override",
        ("igno miss verg", "anwe anor inst vorg rege"),
        r"\b(?:ignor\w+|missacht\w+|vergiss|vergessen)\b[^\n,;]{0,40}?\b(?:bisherige|vorherige|vorige|obige|"
        r"frühere|vorangegangene|ursprüngliche|deine|eure)\w{0,2} (?:\w+ ){0,3}(?:anweisung|anordnung|instruktion|vorgabe|regel)\w*",
        r"\b(?:ignor\w+|missachte\w*|vergiss)\b[^\n,;]{0,40}?\b(?:alle|sämtliche)\w? (?:\w+ ){0,3}(?:anweisung|anordnung|instruktion)\w*",
    ),
    # French.
    rule(
        "override",
        ("igno oubl", "inst cons règl regl dire"),
        rf"\b(?:ignor\w+|oubli\w+)\b{GAP}\b(?:instructions?|consignes?|règles?|directives?) "
        r"(?:précédent|antérieur|ci-dessus|initial|d'éval|du syst)\w*",
        r"\b(?:ignor\w+|oubli\w+) toutes? (?:les|vos|tes) (?:\w+ )?(?:instructions|consignes|règles|directives)",
    ),
    # Spanish, Portuguese, Italian.
    rule(
        "override",
        ("igno olvi esqu desc dime", "inst regl regr rego istr indi"),
        r"(?<!no )(?<!não )(?<!non )\b(?:ignor\w+|olvid\w+|esquec\w+|descart\w+|dimentic\w+)\b[^\n]{0,30}?"
        r"\b(?:tod[oa]s?|tutt[ei]|anterior\w*|previ\w*|precedent\w*|tus|tuas|suas) (?:\w+ ){0,3}"
        r"(?:instruccion\w*|instruç\w+|istruzion\w+|reglas?|regras?|regole|indicac\w+)",
        r"(?<!no )(?<!não )(?<!non )\b(?:ignor\w+|olvid\w+|esquec\w+|descart\w+|dimentic\w+)\b[^\n]{0,30}?"
        r"\b(?:instruccion\w*|instruç\w+|istruzion\w+|reglas?|regras?|regole|indicac\w+) "
        r"(?:anterior|previ|precedent|do sistema|del sistema)\w*",
    ),
    # Polish, Dutch, Russian.
    rule(
        "override",
        ("zign igno pomi zapo", "inst pole zasa regu reguł"),
        r"(?<!nie )\b(?:z?ignoruj\w*|zapomnij|pomiń)\b[^\n,;]{0,40}?\b(?:(?:instrukc|polece)\w+|"
        r"(?:zasad|reguł)\w* (?:oceny|system\w*)|(?:poprzedni|wcześniejsz|powyższ)\w* (?:\w+ )?(?:zasad|reguł)\w*)",
    ),
    rule(
        "override",
        ("nege verg", "inst aanw rege opdr"),
        rf"\b(?:negeer|vergeet)\b{GAP}\b(?:instructies|aanwijzingen|regels|opdrachten)\b",
    ),
    rule(
        "override",
        ("игно прои забу", "инст указ прав"),
        r"(?<!не )\b(?:игнорируй|проигнорируй|забудь)(?:те)?\b[^\n]{0,40}\b(?:инструкц|указани|правил)",
    ),
    rule(
        "score",
        ("wpis setz trag mets insc pon asig geef vul",),
        r"\b(?:wpisz|setze|trage|mets|inscris|pon|asigna|geef|vul)\b[^\n]{0,40}\b(?:1[.,]0|100 ?%|10/10)",
    ),
)

# Scripts without spaces between words, looked for in the whole text.
UNSPACED = tuple(
    re.compile(pattern)
    for pattern in (
        r"(?<!勿)(?<!不要)(?:忽略|无视|忘记)[^\n]{0,6}(?:之前|以前|以上|上述|先前|前面|所有|一切|系统)[^\n]{0,12}(?:指令|指示|规则|提示|说明)",
        r"(?:以前|上記|これまで)[^\n]{0,20}(?:指示|命令|ルール)[^\n]{0,10}(?:無視|忘れ)",
    )
)
