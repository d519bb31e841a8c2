"""What all these admin pages have in common."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest

from careerforge.people.lookups import NamedLookups

PAGE = 25


class Page(NamedLookups):
    """Lists of 25; what is not there and what belongs to another company look alike."""

    list_per_page = PAGE
    list_max_show_all = PAGE
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> Any:
        raise Http404


class ReadOnly(Page):
    """Something to look at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
