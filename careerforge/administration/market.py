from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from careerforge.administration.base import ReadOnlyPage, whether
from careerforge.design.words import day, money
from careerforge.knowledge.models import Collection
from careerforge.skills.models import Practice
from market.models import Posting, PostingSkill

# Skills in a row of the list; all of them are on the posting's own page.
MOST_SKILLS = 6
PERIODS = {
    "hour": gettext_lazy("an hour"),
    "day": gettext_lazy("a day"),
    "week": gettext_lazy("a week"),
    "month": gettext_lazy("a month"),
    "year": gettext_lazy("a year"),
}
IS_GONE = whether(
    "document__gone_at", gettext_lazy("state"), gettext_lazy("Gone"), gettext_lazy("At its source")
)
HAS_ROLE = whether("role", gettext_lazy("role"), gettext_lazy("One of ours"), gettext_lazy("None of ours"))


class About(admin.SimpleListFilter):
    """Whose vacancies."""

    title = gettext_lazy("employer")
    parameter_name = "about"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return (("market", _("Others’, counted as demand")), ("company", _("Our own openings")))

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        known = self.value() in Collection.Market.values
        return queryset.filter(collection__about=self.value()) if known else queryset


class Field(admin.SimpleListFilter):
    """The practice of the role."""

    title = gettext_lazy("practice")
    parameter_name = "practice"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Any:
        return list(Practice.objects.values_list("slug", "name"))

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.filter(role__practice__slug=self.value()) if self.value() else queryset


@admin.register(Posting)
class PostingAdmin(ReadOnlyPage):
    """Vacancies as they are counted. Only those whose document the admin may read."""

    list_display = ("title", "meant", "asked", "region", "pay", "first_seen", "last_seen", "source")
    list_filter = (About, Field, HAS_ROLE, IS_GONE)
    search_fields = ("document__title", "company")
    search_help_text = gettext_lazy("Title or company")
    fields = ("title", "meant", "all_asked", "company", "place", "region", "pay", "first_seen", "last_seen",
              "source", "read_it")  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Posting]:
        """Those that repeat another document's text are left out, as they are of every figure."""
        person: Any = request.user
        rows = Posting.objects.visible_to(person).filter(document__same_as=None)
        asks = PostingSkill.objects.select_related("skill").order_by("skill__name")
        return (
            rows.select_related("document", "collection", "role")
            .defer("document__topics")
            .prefetch_related(Prefetch("asks", asks))
            .order_by("-first_seen_at", "-pk")
        )

    @admin.display(description=gettext_lazy("vacancy"), ordering="document__title")
    def title(self, posting: Posting) -> str:
        return posting.document.title

    @admin.display(description=gettext_lazy("role"), ordering="role__title")
    def meant(self, posting: Posting) -> str:
        return posting.role.title if posting.role else ""

    @admin.display(description=gettext_lazy("skills, with the level where it is said"))
    def asked(self, posting: Posting) -> str:
        rows = list(posting.asks.all())
        more = len(rows) - MOST_SKILLS
        shown = _listed(rows[:MOST_SKILLS])
        return _("%(skills)s and %(n)s more") % {"skills": shown, "n": more} if more > 0 else shown

    @admin.display(description=gettext_lazy("skills, with the level where it is said"))
    def all_asked(self, posting: Posting) -> str:
        return _listed(posting.asks.all())

    @admin.display(description=gettext_lazy("pay"), ordering="pay_min")
    def pay(self, posting: Posting) -> str:
        amounts = [each for each in (posting.pay_min, posting.pay_max) if each is not None]
        if not amounts:
            return ""
        said = " – ".join(money(each, posting.currency) for each in sorted(set(amounts)))
        period = PERIODS.get(posting.pay_period, "")
        guess = _("(guessed by the source)") if posting.pay_is_guess else ""
        return " ".join(filter(None, (said, str(period), guess)))

    @admin.display(description=gettext_lazy("first seen"), ordering="first_seen_at")
    def first_seen(self, posting: Posting) -> str:
        return day(posting.first_seen_at)

    @admin.display(description=gettext_lazy("last seen"))
    def last_seen(self, posting: Posting) -> str:
        said = day(posting.last_seen_at)
        return _("gone since %(day)s") % {"day": said} if posting.document.gone_at else said

    @admin.display(description=gettext_lazy("source"), ordering="collection__name")
    def source(self, posting: Posting) -> str:
        return posting.collection.name

    @admin.display(description=gettext_lazy("text"))
    def read_it(self, posting: Posting) -> str:
        address = reverse("knowledge:document", args=[posting.document_id])
        return format_html('<a href="{}">{}</a>', address, _("Read"))


def _listed(rows: Iterable[PostingSkill]) -> str:
    return ", ".join(f"{row.skill.name} ({row.level})" if row.level else row.skill.name for row in rows)
