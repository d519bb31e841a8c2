from importlib import import_module

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig

PAGES = (
    "people.person",
    "people.teams",
    "people.titles",
    "audit",
    "platform",
    "quarantine",
    "generations",
    "taxonomy",
    "crosswalk",
    "frameworks",
    "catalogue",
    "market",
    "gateway.calls",
    "gateway.offers",
    "gateway.limits",
    "gateway.breakers",
    "gateway.notices",
    "prompts.versions",
    "golden.questions",
    "golden.runs",
    "reviews",
    "contacts",
)


class AdministrationConfig(AdminConfig):
    """Django's admin with our site: signed in through allauth, each kind of admin sees only theirs."""

    default_site = "careerforge.administration.site.Site"

    def ready(self) -> None:
        """Load every page. What libraries bring and no kind of admin may see has none."""
        super().ready()
        for page in PAGES:
            import_module(f"careerforge.administration.{page}")
        from careerforge.people.permissions import TABLE

        allowed = {model for rows in TABLE.values() for model in rows}
        for model in list(admin.site._registry):
            if model._meta.label_lower not in allowed:
                admin.site.unregister(model)
