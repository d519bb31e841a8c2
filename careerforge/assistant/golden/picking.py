"""A golden question made by hand: its words, the passages that answer it, and what would be kept of them."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from careerforge.assistant import golden
from careerforge.assistant.golden.reading import Shown, shown
from careerforge.gateway.models.limits import FunctionSwitch
from careerforge.knowledge.passage import Passage
from careerforge.knowledge.search.retrieval import search
from careerforge.people.models import User

OFFERED = 12


class PickForm(forms.Form):
    """The question, and what was chosen among the passages that were found for it."""

    question = forms.CharField(
        label=_("Question"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        help_text=_("As somebody would ask it, about nobody: no name, no handle."),
    )
    chunk = forms.TypedMultipleChoiceField(coerce=int, required=False)
    # What was shown as it would be kept; the same again is a yes.
    digest = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]
        chosen = data.getlist("chunk") if hasattr(data, "getlist") else []
        field = self.fields["chunk"]
        field.choices = [(one, one) for one in chosen if str(one).isdecimal()]  # type: ignore[attr-defined]


@dataclass(frozen=True)
class Picked:
    """Passages to choose from, and the proposal of those that are chosen.

    Attributes:
        is_confirmed: it was shown exactly so, and sent again.
    """

    offered: tuple[Passage, ...]
    chosen: frozenset[int]
    proposal: golden.Proposal
    is_confirmed: bool


def picked(form: PickForm, person: User) -> Picked:
    """What somebody may choose from for a question, among what they may see."""
    given = form.cleaned_data
    offered = tuple(search(person, given["question"], limit=OFFERED))
    chosen = frozenset(given["chunk"])
    spans = [
        golden.Span(one.document_id, one.version_id, one.start, one.end)
        for one in offered
        if one.chunk_id in chosen
    ]
    proposal = golden.propose(FunctionSwitch.Function.ADVICE, given["question"], {}, spans)
    return Picked(offered, chosen, proposal, bool(spans) and given["digest"] == proposal.key)


def proposed(found: Picked | None, person: User) -> list[Shown]:
    """The chosen passages as they are read."""
    return shown(found.proposal.passages, person) if found else []
