"""Whether a question is in English, by its small words. Pure."""

import re

from careerforge.gateway.words import listed

# Words that a sentence of a language hardly does without; the others of each language are not looked at.
_OTHERS = {
    "de": """
        der die das und ist sind nicht für mit auf ein eine einen sie wie was welche welcher welches soll
        sollte sollten zuerst warum wird werden kann können ich auch noch über zum zur bei nach wenn dass
    """,
    "fr": """
        le la les et est sont pas pour avec sur une des du elle ils quel quelle quels quelles comment pourquoi
        doit doivent peut ce cette dans aux plus que qui
    """,
    "es": """
        el los las y es son no para con una del ella ellos qué cuál cuáles cómo por debe deben puede más que
        quien en su sus
    """,
    "it": """
        il lo gli e è sono non per con una della che quale quali come perché deve devono può più dei suo loro
    """,
    "nl": "het een en zijn niet voor met op welke hoe waarom moet moeten kan ook naar bij wat zij van eerst",
    "pt": "o os as e é são não para com uma da do ela eles qual quais como porque deve devem pode mais que",
    "pl": "i jest są nie dla z na jak jaki jakie które co czy dlaczego powinien powinna może się do pierwsze",
}
_FOREIGN = tuple(listed(words) for words in _OTHERS.values())
_ENGLISH = listed(
    """
    the a an and is are not for with on of to in they their them how what which who why should can could does
    do be it this that would will first about at by from has have i
    """
)
# Fewer words of another language may be a name or a slip.
LEAST = 2


def is_english(text: str) -> bool:
    """False when the small words of a text are another language's rather than English ones."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    ours = sum(word in _ENGLISH for word in words)
    return all(sum(word in those for word in words) < max(LEAST, ours + 1) for those in _FOREIGN)
