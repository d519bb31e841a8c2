"""Addresses to visit: every page and operation that answers a GET, filled in with the owner's things."""

from collections.abc import Iterator

from django.contrib import admin
from django.urls import reverse

from tests.security.policy import API, PAGES
from tests.security.routes import operations
from tests.security.test_who_gets_where import address_of
from tests.security.world import World

# Machines ask these; they are no pages of anybody.
MACHINES = {"healthz", "readyz", "metrics"}


def every_get(world: World) -> Iterator[tuple[str, str]]:
    """Name and address of each."""
    for name, rule in PAGES.items():
        if rule.method == "GET":
            yield name, reverse(name, kwargs=rule.kwargs(world))
    for operation in operations():
        if operation.method == "GET":
            yield f"api:{operation.name}", address_of(operation, API[operation.name].kwargs(world))
    yield "api:openapi", "/api/v1/openapi.json"
    yield "admin:index", reverse("admin:index")
    yield "coaching:person, asked", reverse("coaching:person", args=[world.pseudo_id]) + "?refresh=true"
    for model in admin.site._registry:
        base = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        for act in ("changelist", "add"):
            yield f"{base}_{act}", reverse(f"{base}_{act}")
    owner = world.cast.owner.pk
    for name in ("change", "history", "invite", "leave"):
        yield f"admin:people_user_{name}", reverse(f"admin:people_user_{name}", args=[owner])
