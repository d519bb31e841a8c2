"""What all pages of the administration share: audit rows, few queries, whole sentences."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, QueryDict
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from careerforge.administration.choosing import PersonField, PersonWidget
from careerforge.governance import audit
from careerforge.people.lookups import NamedLookups
from careerforge.people.models import User

if TYPE_CHECKING:
    TabularInline = admin.TabularInline[Any, Any]
    ModelForm = forms.ModelForm[Any]
    AnyPaginator = Paginator[Any]
else:
    TabularInline = admin.TabularInline
    ModelForm, AnyPaginator = forms.ModelForm, Paginator

PAGE = 25
# Beyond this nobody counts on: the list stays quick however long it grows.
COUNTED = 5_000
LONGEST_NOTE = 200


class TenantForm(ModelForm):
    """Checks uniqueness within the organisation, which is on the row and never in the form."""

    def _get_validation_exclusions(self) -> set[str]:
        exclusions: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return exclusions - {"organisation"}


class Capped(AnyPaginator):
    """Counts at most so many rows."""

    @cached_property
    def count(self) -> int:
        rows: Any = self.object_list
        return min(int(rows.order_by()[: COUNTED + 1].count()), COUNTED)


class Page(NamedLookups):
    """One model's pages. Every change is one audit row beside Django's own log entry."""

    form = TenantForm
    list_per_page = PAGE
    list_max_show_all = PAGE
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    paginator = Capped
    # The role in which these pages are used, for the audit rows.
    acted_as = ""

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The list, under the name of what it lists."""
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def subject_of(self, obj: Any) -> UUID | None:
        """Id of the person whom a row is about."""
        return None

    def note(self, request: HttpRequest, act: str, obj: Any, **detail: Any) -> None:
        """One audit row for an act on this page."""
        who: Any = request.user
        audit.record(who, act, subject=self.subject_of(obj), target=obj, actor_kind=self.acted_as, **detail)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """People are chosen by their handle."""
        if db_field.related_model is User and db_field.name in self.raw_id_fields:
            kwargs |= {
                "form_class": PersonField,
                "widget": PersonWidget(db_field.remote_field, self.admin_site),
                "help_text": _("Handle, sign-in name or work e-mail"),
            }
            return db_field.formfield(**{"queryset": User.objects.all(), **kwargs})
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A row that is added from the list of one person's rows is about that person."""
        filters = QueryDict(request.GET.get("_changelist_filters", ""))
        asked = {link.split("__")[0]: filters[link] for link in self.linked_by if link in filters}
        return {**asked, **super().get_changeform_initial_data(request)}

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> Any:
        """What is not there and what belongs to another company look alike, here as everywhere."""
        raise Http404

    def _act(self, verb: str) -> str:
        return f"{self.opts.model_name}.{verb}"

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        self.note(request, self._act("added"), obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        if message:
            self.note(request, self._act("changed"), obj, fields=changed(message))
        return super().log_change(request, obj, message)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        for obj in queryset:
            self.note(request, self._act("removed"), obj)
        return super().log_deletions(request, queryset)


class ReadOnlyPage(Page):
    """Something to look at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class Inline(TabularInline):
    """Rows that belong to a page's row. Names of the other side are read once, not once a row."""

    form = TenantForm
    extra = 0
    # Foreign keys chosen by typing: field name → the column that is shown.
    typed: dict[str, str] = {}

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in self.typed:
            names = names_of(request, db_field.related_model, self.typed[db_field.name])
            kwargs["widget"] = KnownAutocomplete(db_field, self.admin_site, names)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class KnownAutocomplete(AutocompleteSelect):
    """Django's, which would ask the database for the chosen row's name in each row of a form."""

    def __init__(self, field: Any, site: Any, names: dict[str, str]) -> None:
        super().__init__(field, site)
        self.names = names

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        chosen = [str(key) for key in value if key not in (None, "")]
        options = [
            self.create_option(name, key, self.names.get(key, key), True, index)
            for index, key in enumerate(chosen)
        ]
        if not self.is_required:
            options.insert(0, self.create_option(name, "", "", not chosen, 0))
        return [(None, options, 0)]


def names_of(request: HttpRequest, model: type[models.Model], column: str) -> dict[str, str]:
    """Id to name of every row of a small table, read once a request."""
    known: dict[Any, dict[str, str]] = request.__dict__.setdefault("_known_names", {})
    if model not in known:
        rows = model._default_manager.values_list("pk", column)
        known[model] = {str(pk): str(name) for pk, name in rows}
    return known[model]


def whether(column: str, heading: Any, filled: Any, empty: Any) -> type[admin.SimpleListFilter]:
    """A filter by whether a date is there: "In use: yes, no" in place of "Retired at: empty"."""

    class Whether(admin.SimpleListFilter):
        title = heading
        parameter_name = column

        def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
            return (("yes", filled), ("no", empty))

        def queryset(self, request: HttpRequest, queryset: Any) -> Any:
            if self.value() in ("yes", "no"):
                return queryset.filter(**{f"{column}__isnull": self.value() == "no"})
            return queryset

    return Whether


def changed(message: Any) -> str:
    """Which fields a change message names, in one line; never what was in them."""
    if not isinstance(message, list):
        return ""
    fields = [f for part in message for f in part.get("changed", {}).get("fields", ())]
    return ", ".join(map(str, fields))[:LONGEST_NOTE]
