"""Whom people are sent to with what no program should answer."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from careerforge.administration.base import Page, TenantForm
from careerforge.assistant.models import HelpContact
from careerforge.people.models import Grant


class HelpContactForm(TenantForm):
    """Links lead to pages only."""

    link = forms.URLField(label=_("Web page"), max_length=500, required=False, assume_scheme="https")

    def _get_validation_exclusions(self) -> set[str]:
        """The model says in words that nobody can be reached; the constraint could only add its own name."""
        return super()._get_validation_exclusions() | {"phone"}


@admin.register(HelpContact)
class HelpContactAdmin(Page):
    """The company's own contacts, by topic. What is not filled in here is shown to nobody."""

    form = HelpContactForm
    acted_as = Grant.Kind.ADMIN_HR
    list_display = ("words", "topic", "phone", "mail", "hours", "place")
    list_filter = ("topic",)
    fields = ("topic", "words", "phone", "mail", "link", "hours", "place")
