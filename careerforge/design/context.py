"""What every page's shell shows, read from the request; people's middleware sets `portals` and `own_name`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Protocol

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

THEMES = ("light", "dark")


class PortalLike(Protocol):
    """One place a person may go: people.access.Portal."""

    @property
    def key(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def url(self) -> str: ...


@dataclass(frozen=True)
class PortalLink:
    name: str
    url: str
    icon: str
    current: bool


@dataclass(frozen=True)
class Tab:
    url_name: str
    label: Promise
    icon: str
    # pages below this path belong to the tab; by default those below its own address
    below: str = ""
    # a number of things that wait stands beside it
    counted: bool = False


@dataclass(frozen=True)
class TabLink:
    url: str
    label: Promise
    icon: str
    # "page" on the tab's own page, "true" below it, else ""
    current: str
    counted: bool = False


HELP = Tab("help", _("Help"), "help-circle")
EMPLOYEE = (
    Tab("learning:path", _("Path"), "route", below="/path/"),
    Tab("learning:skills", _("Skills"), "chart-bar"),
    Tab("coaching:chat", _("Coaching"), "message-circle"),
    HELP,
)
SEARCH = Tab("knowledge:search", _("Search"), "search")
CONSOLE = (
    Tab("coaching:people", _("People"), "users", below="/console/people/"),
    Tab("coaching:reviews", _("Reviews"), "clipboard-check", counted=True),
    Tab("coaching:golden", _("Golden set"), "list-check"),
    SEARCH,
    HELP,
)
TEAM = (Tab("coaching:team", _("Team"), "layout-grid"), HELP)

# Address of a portal → its icon, the shell of pages that belong to everybody, and its tabs.
SHELLS: dict[str, tuple[str, str, tuple[Tab, ...]]] = {
    "/": ("route", "shell/employee.html", EMPLOYEE),
    "/console/": ("users", "shell/console.html", CONSOLE),
    "/team/": ("layout-grid", "shell/team.html", TEAM),
    "/admin/": ("settings", "shell/employee.html", (HELP,)),
}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context processor: theme, portals, roles, shell_name, shell_template and tabs.

    What needs the database is a function, which a template calls when it first prints it: fragments and error
    pages ask nothing.
    """
    theme = request.COOKIES.get("theme", "")

    @cache
    def portals() -> list[PortalLike]:
        return list(getattr(request, "portals", ()))

    @cache
    def links() -> list[PortalLink]:
        here = current(portals(), request.path)
        return [PortalLink(p.name, p.url, SHELLS.get(p.url, SHELLS["/"])[0], p is here) for p in portals()]

    @cache
    def tabs() -> dict[str, list[TabLink]]:
        mine = EMPLOYEE if any(p.url == "/" for p in portals()) else (HELP,)
        if any(p.url == "/admin/" for p in portals()):
            mine = (*mine[:-1], SEARCH, HELP)
        named = {"employee": mine, "console": CONSOLE, "team": TEAM}
        return {name: resolve(entries, request.path) for name, entries in named.items()}

    def template() -> str:
        home = current(portals(), request.path) or next(iter(portals()), None)
        return SHELLS.get(home.url if home else "/", SHELLS["/"])[1]

    return {
        "theme": theme if theme in THEMES else "",
        "portals": links,
        "roles": lambda: [p.key for p in portals()],
        "shell_name": getattr(request, "own_name", ""),
        "shell_template": template,
        "tabs": tabs,
    }


def current(portals: Sequence[PortalLike], path: str) -> PortalLike | None:
    """The portal whose address fits the path best. Help and accounts belong to none."""
    if path.startswith(("/help/", "/accounts/")):
        return None
    return max((p for p in portals if path.startswith(p.url)), key=lambda p: len(p.url), default=None)


def resolve(tabs: Sequence[Tab], path: str) -> list[TabLink]:
    """The tabs whose pages exist; one that is not built yet is absent."""
    links = []
    for tab in tabs:
        try:
            url = reverse(tab.url_name)
        except NoReverseMatch:
            continue
        below = path.startswith(tab.below or url)
        current = "page" if path == url else "true" if below else ""
        links.append(TabLink(url, tab.label, tab.icon, current, tab.counted))
    return links
