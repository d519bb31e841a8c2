"""What an address may ask of an admin list: its filters and a few named links, and nothing else.

Django lets an address filter by any column of the list's own table, and so reads out, letter by letter,
what no page shows.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
else:
    ModelAdmin = admin.ModelAdmin

NUL = "\0"
# What Django's own filters write behind the name of a column.
ENDINGS = ("", "__exact", "__id__exact", "__isnull")


class NamedLookups(ModelAdmin):
    """A list that is filtered by ``list_filter`` and by ``linked_by`` only."""

    # Lookups that other pages link with: ``run__id__exact``.
    linked_by: tuple[str, ...] = ()

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """Refuse every column that is not on offer; Django answers 400."""
        if has_nul(value):
            raise IncorrectLookupParameters
        return lookup in self.linked_by or lookup in set(self._offered(request))

    def _offered(self, request: Any) -> Iterator[str]:
        for one in self.get_list_filter(request):
            if isinstance(one, type):
                yield getattr(one, "parameter_name", "")
            else:
                column = one[0] if isinstance(one, list | tuple) else one
                yield from (f"{column}{ending}" for ending in ENDINGS)

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        """The list; what no database understands leads to the list without it."""
        if has_nul(request.GET) or not self._are_keys(request.POST.getlist("_selected_action")):
            return HttpResponseRedirect(f"{request.path}?e=1")
        response: HttpResponse = super().changelist_view(request, extra_context)
        return response

    def _are_keys(self, selected: list[str]) -> bool:
        try:
            for key in selected:
                self.opts.pk.to_python(key)
        except ValidationError:
            return False
        return not has_nul(selected)


def has_nul(asked: Any) -> bool:
    """Whether a value of an address, or any part of a whole query, holds the one letter that text cannot."""
    if hasattr(asked, "lists"):
        return any(has_nul(name) or has_nul(values) for name, values in asked.lists())
    if isinstance(asked, list | tuple):
        return any(map(has_nul, asked))
    return NUL in str(asked)
