"""Writing a version of a prompt."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from careerforge.administration.choosing import PersonField
from careerforge.assistant.models import PromptVersion
from careerforge.assistant.prompts import versions
from careerforge.assistant.prompts.checking import LONGEST, line_of
from careerforge.assistant.prompts.template import digest
from careerforge.people.models import Grant, User

# Of a line that has a fault, so much is quoted.
QUOTED = 80


class WritingForm(forms.Form):
    """A new version: its text, why, and who answers for it."""

    text = forms.CharField(
        label=_("Text"),
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 32, "spellcheck": "false", "class": "vLargeTextField"}),
    )
    note = forms.CharField(
        label=_("Why"), max_length=300, help_text=_("What it changes, in a sentence."),
        widget=forms.TextInput(attrs={"class": "vTextField"}),
    )  # fmt: skip
    owner = PersonField(
        label=_("Owner"),
        queryset=User.objects.none(),
        required=False,
        widget=forms.TextInput(attrs={"class": "vTextField"}),
        help_text=_("Who answers for it: handle, sign-in name or work e-mail. Empty: you."),
    )

    def __init__(self, *args: Any, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.name = name
        owner = self.fields["owner"]
        assert isinstance(owner, PersonField)
        owner.queryset = User.objects.filter(state=User.State.ACTIVE, grants__kind=Grant.Kind.ADMIN_LND)

    def clean_text(self) -> str:
        """The text with our line ends; every fault with its line."""
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n")
        found = versions.faults(self.name, text)
        if found:
            raise ValidationError([_quoting(str(one), line_of(text, one.line)) for one in found])
        same = PromptVersion.objects.filter(name=self.name, digest=digest(text)).first()
        if same:
            raise ValidationError(
                _("This is the text of version %(number)s, word for word. Make that one live instead."),
                params={"number": same.number},
            )
        return text


def _quoting(why: str, line: str) -> str:
    """A fault with the line that it is in."""
    shown = line.strip()
    if not shown:
        return why
    return f"{why} – {shown[:QUOTED]}{'…' if len(shown) > QUOTED else ''}"
