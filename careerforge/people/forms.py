from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_EMAIL = 254


class SignInForm(LoginForm):  # type: ignore[misc]
    """allauth's, with room for a whole e-mail address."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = forms.CharField(label=_("Username or work e-mail"), max_length=LONGEST_EMAIL)
        field.widget.attrs.update({"autocomplete": "username", "autocapitalize": "none"})
        self.fields["login"] = field
