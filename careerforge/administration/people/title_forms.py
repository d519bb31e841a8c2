from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.people import job_titles
from careerforge.people.models import JobTitle
from careerforge.skills.models import Role
from careerforge.skills.titles import Match, match_all
from market import roles

LIKELY = 5
OPEN, NONE = "", "none"
# Lines of a list that are named one by one when they are left out, and how much of each is shown.
MOST_NAMED, LONGEST_SAID = 10, 40


class Suggested:
    """The likeliest roles of a page's titles, compared once for all of its rows."""

    def __init__(self, titles: Sequence[str]) -> None:
        self._titles = titles

    @cached_property
    def roles(self) -> Mapping[UUID, Role]:
        """Every role by practice and level, retired ones too: an old decision may be for one."""
        rows = Role.objects.select_related("practice").order_by("practice__name", "level", "title")
        return {role.pk: role for role in rows}

    @cached_property
    def _found(self) -> Mapping[str, list[Match[UUID]]]:
        _state, known = roles.current()
        return dict(zip(self._titles, match_all(self._titles, known.index, LIKELY), strict=True))

    def choices(self, row: JobTitle, *, every_role: bool) -> Iterator[tuple[Any, Any]]:
        """For one title: not decided, none, the likeliest roles, and all others where there is room."""
        likely = [one.role_id for one in self._found[row.text] if one.role_id in self.roles]
        others = [key for key, role in self.roles.items() if role.retired_at is None and key not in likely]
        yield OPEN, _("Not decided")
        yield NONE, _("None of our roles")
        if row.role_id and row.role_id not in likely:
            yield _("Chosen"), [self._option(row.role_id)]
        yield _("Likeliest first"), [self._option(key) for key in likely]
        if every_role:
            yield _("All others"), [self._option(key) for key in others if key != row.role_id]

    def _option(self, key: UUID) -> tuple[str, str]:
        role = self.roles[key]
        said = _("%(role)s (%(practice)s, level %(level)s)")
        return str(key), said % {"role": role.title, "practice": role.practice.name, "level": role.level}


class DecideForm(forms.Form):
    """Which role a title means. Nothing is chosen before a human has chosen it."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), required=False)

    def __init__(self, data: Any, row: JobTitle, suggested: Suggested, *, every_role: bool = False) -> None:
        super().__init__(data, prefix=str(row.pk), initial={"role": decision_of(row)})
        self.row, self._suggested = row, suggested
        field: Any = self.fields["role"]
        field.choices = list(suggested.choices(row, every_role=every_role))
        field.widget.attrs["aria-label"] = _("Role for “%(title)s”") % {"title": row.text}

    @property
    def chosen(self) -> Role | None:
        """The role, or None for none."""
        key = self.cleaned_data["role"]
        return None if key in (OPEN, NONE) else self._suggested.roles[UUID(key)]


def decision_of(row: JobTitle) -> str:
    """The value of the choice that stands for what has been decided."""
    if row.decided_at is None:
        return OPEN
    return str(row.role_id) if row.role_id else NONE


class ListForm(forms.Form):
    """What HR copies out of its own system.

    Attributes:
        left_out: a sentence for each line that was not taken, once the form has been cleaned.
    """

    left_out: Sequence[str] = ()

    lines = forms.CharField(
        label=gettext_lazy("Job titles, one a line"),
        max_length=500_000,
        widget=forms.Textarea(attrs={"rows": 14, "cols": 80}),
        help_text=gettext_lazy(
            "Two columns copied from a table are fine: the title, then how many people hold it. "
            "A title that is here already keeps its role and gets the new number; lines of the same title "
            "are added up."
        ),
    )

    def clean_lines(self) -> list[job_titles.Listed]:
        found, unread = job_titles.listed(self.cleaned_data["lines"])
        left_out = [_left_out(one) for one in unread[:MOST_NAMED]]
        if len(unread) > MOST_NAMED:
            left_out.append(_("%(n)s lines were left out in all.") % {"n": len(unread)})
        if not found:
            raise forms.ValidationError(left_out or [_("No line has a job title.")])
        self.left_out = left_out
        if len(found) > job_titles.MOST:
            raise forms.ValidationError(_("At most %(n)s lines at once.") % {"n": job_titles.MOST})
        return found


def _left_out(one: job_titles.Unread) -> str:
    said = one.said if len(one.said) <= LONGEST_SAID else f"{one.said[:LONGEST_SAID]}…"
    return _("Line %(line)s was left out: “%(said)s” is no number of people.") % {
        "line": one.line,
        "said": said,
    }
