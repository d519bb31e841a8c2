from django import forms
from django.utils.translation import gettext_lazy as _

from coaching.forms import QUESTION_LIMIT, QuestionForm


class ChatForm(QuestionForm):
    """A person's own question."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        attrs = {"rows": 2, "data-count": "asked", "aria-describedby": "chat-hint"}
        self.fields["question"].widget.attrs |= attrs | {
            "placeholder": _("Ask about your path, a step or a role"),
            "maxlength": QUESTION_LIMIT,
        }


# Offered beside an empty box; each is a question that the rules answer.
IDEAS = (
    _("What should I build first?"),
    _("How far am I from my target role?"),
    _("What is my next step?"),
)


class IdeaForm(forms.Form):
    """One of the ideas was pressed."""

    idea = forms.TypedChoiceField(coerce=int, choices=[(n, text) for n, text in enumerate(IDEAS)])
    form_key = forms.UUIDField()
