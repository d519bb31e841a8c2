"""The text of one field of a JSON answer, while the JSON is still being written. Pure."""

from pydantic_core import from_json

# The text is read anew when it has grown by this share: about eleven readings until it is twice as long.
WORTH_READING = 1 / 16


class Growing:
    """Takes pieces of a JSON object and gives the new text of one of its fields.

    Attributes:
        given: what was given out so far.
    """

    def __init__(self, field: str) -> None:
        self.given = ""
        self._field, self._json, self._read = field, "", 0

    def add(self, piece: str) -> str:
        """The text that this piece adds to the field; often none."""
        self._json += piece
        if len(self._json) - self._read < WORTH_READING * self._read:
            return ""
        self._read = len(self._json)
        return self._new(self._found())

    def rest(self, whole: object) -> str:
        """What is missing of the field when the whole answer is there."""
        return self._new(whole)

    def _new(self, text: object) -> str:
        """Only what goes on where the last one ended can still be given."""
        if not isinstance(text, str) or not text.startswith(self.given):
            return ""
        new = text[len(self.given) :]
        self.given = text
        return new

    def _found(self) -> object:
        start = self._json.find("{")
        try:
            value = from_json(self._json[start:], allow_partial="trailing-strings") if start >= 0 else None
        except ValueError:
            return None
        return value.get(self._field) if isinstance(value, dict) else None
