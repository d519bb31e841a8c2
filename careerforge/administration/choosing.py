"""Choosing a person in a form: by handle, sign-in name or work e-mail, never by the id of a row."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib.admin.widgets import ForeignKeyRawIdWidget
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from careerforge.people import sign_in
from careerforge.people.models import User

if TYPE_CHECKING:
    PeopleField = forms.ModelChoiceField[User]
else:
    PeopleField = forms.ModelChoiceField

COLUMN = "handle"


class PersonWidget(ForeignKeyRawIdWidget):
    """A line to type in, and Django's window to look somebody up, which gives back the handle."""

    def url_parameters(self) -> dict[str, str]:
        return {**self.base_url_parameters(), "_to_field": COLUMN}

    def label_and_url_for_value(self, value: Any) -> tuple[str, str]:
        """Nothing beside the line: it says who it is."""
        return "", ""


class PersonField(PeopleField):
    """Takes what people know each other by; shows the handle."""

    default_error_messages = {
        "invalid_choice": _("Nobody here has this handle, sign-in name or work e-mail."),
    }

    def prepare_value(self, value: Any) -> Any:
        person = value if isinstance(value, User) else _by_id(value)
        return person.handle if person else value

    def to_python(self, value: Any) -> User | None:
        text = str(value or "").strip()
        if not text:
            return None
        found = User.objects.filter(handle__iexact=text).first() or _by_id(text) or sign_in.find(text)
        # A sign-in name is found in every company, a person to choose only in one's own.
        person = self.queryset.filter(pk=found.pk).first() if found and self.queryset is not None else None
        if person is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return person

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            chosen = self.to_python(data)
        except ValidationError:
            return True
        return str(chosen.pk if chosen else "") != str(getattr(initial, "pk", initial) or "")


def _by_id(value: Any) -> User | None:
    try:
        return User.objects.filter(pk=UUID(str(value))).first()
    except ValueError:
        return None
