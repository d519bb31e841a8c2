"""A kind's own settings as fields of a form."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from connectors.kinds.kind import Field
from connectors.wishes import LONGEST_SETTING

# In front of their names, so that none is taken for one of the form's own.
PREFIX = "set_"
WIDE = {"class": "vLargeTextField", "autocomplete": "off", "spellcheck": "false"}


class MappingField(forms.CharField):
    """Names with a path each: a line ``title: name`` for each, or JSON."""

    def __init__(self, **rest: Any) -> None:
        widget = forms.Textarea(attrs=WIDE | {"rows": 6})
        super().__init__(max_length=8000, widget=widget, **rest)

    def prepare_value(self, value: Any) -> Any:
        """Stored ones are shown a line each, or as JSON where one has a line break of its own."""
        if not isinstance(value, Mapping):
            return value
        if all(isinstance(path, str) and _fits(name, path) for name, path in value.items()):
            return "\n".join(f"{name}: {path}" for name, path in value.items())
        return json.dumps(value, indent=1, ensure_ascii=False)

    def clean(self, value: Any) -> Any:
        """``{"title": "name"}``; what it may hold is for the wish to say."""
        text = super().clean(value)
        if not text.startswith(("{", "[", '"')):
            return dict(_pair(line) for line in text.splitlines() if line.strip())
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            sentence = _('This is not JSON. It looks like {"title": "name"}; or write lines: title: name.')
            raise forms.ValidationError(sentence) from None
        if not isinstance(found, dict):
            raise forms.ValidationError(_("Give one path in quotes per field name."))
        return found


def _fits(name: str, path: str) -> bool:
    """Whether a line gives back what it was made of."""
    line = f"{name}: {path}"
    is_one = line.splitlines() == [line] and not name.startswith(("{", "[", '"'))
    return (
        is_one and tuple(part.strip() for part in line.split(":", 1)) == (name, path) and bool(name and path)
    )


def _pair(line: str) -> tuple[str, str]:
    name, _colon, path = (part.strip() for part in line.partition(":"))
    if not name or not path:
        words = {"line": line.strip()[:80]}
        raise forms.ValidationError(_("“%(line)s” is no line of the form title: name.") % words)
    return name, path


def made(fields: Sequence[Field]) -> dict[str, forms.Field]:
    """A form field for each setting of a kind."""
    return {PREFIX + one.name: _field(one) for one in fields}


def _field(one: Field) -> forms.Field:
    words: dict[str, Any] = {"label": one.label, "help_text": one.help, "initial": one.default}
    if one.type == "yes_no":
        return forms.BooleanField(required=False, **words)
    words["required"] = one.required
    if one.type == "number":
        return forms.IntegerField(min_value=one.lowest, max_value=one.highest, **words)
    if one.type == "choice":
        return forms.ChoiceField(choices=list(one.choices), **words)
    if one.type == "mapping":
        return MappingField(**words | {"initial": {}})
    widget = forms.TextInput(attrs=WIDE) if one.type == "path" else forms.TextInput()
    # The line break in a path's own text is written as such.
    return forms.CharField(max_length=LONGEST_SETTING, widget=widget, **words)


def settings(fields: Sequence[Field], data: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in and is not as usual, by the names of the kind."""
    filled = {one: data.get(PREFIX + one.name) for one in fields}
    return {one.name: value for one, value in filled.items() if value is not None and value != one.default}
