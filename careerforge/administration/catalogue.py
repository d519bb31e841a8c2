from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from careerforge.administration.base import TenantForm
from careerforge.administration.taxonomy import IN_USE, Retirable
from careerforge.people.models import Grant
from learning.models import Resource


class ResourceForm(TenantForm):
    """Links lead to pages only."""

    url = forms.URLField(label=_("Link"), max_length=500, required=False, assume_scheme="https")


@admin.register(Resource)
class ResourceAdmin(Retirable):
    """The learning catalogue: what there is to read, take, do or sit."""

    form = ResourceForm
    acted_as = Grant.Kind.ADMIN_LND
    list_display = ("title", "type", "skill", "level", "hours", "provider_kind", "starter_estimate", "in_use")
    list_select_related = ("skill",)
    list_filter = ("type", "provider_kind", "starter_estimate", IN_USE)
    search_fields = ("title", "skill__name")
    fields = ("title", "slug", "type", "summary", "provider_kind", "skill", "level", "hours", "cost_minor",
              "currency", "url", "starter_estimate")  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Resource.objects.order_by("title")
