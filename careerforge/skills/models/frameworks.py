"""Frameworks of others, as their publishers give them: a reference beside the company's own."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import MD5
from django.utils.translation import gettext_lazy as _

from careerforge.tenancy.models import LargeTenantModel, TenantModel


class Framework(TenantModel):
    """O*NET, ESCO, or one framework in the form of 1EdTech's CASE."""

    class Scheme(models.TextChoices):
        ONET = "onet", "O*NET"
        ESCO = "esco", "ESCO"
        CASE = "case", "CASE"

    scheme = models.CharField(_("kind"), max_length=8, choices=Scheme.choices)
    # "onet", "esco", or "case:" and the document's identifier.
    key = models.CharField(max_length=200)
    title = models.CharField(_("name"), max_length=300)
    publisher = models.CharField(_("publisher"), max_length=300, blank=True)
    version = models.CharField(_("release"), max_length=80, blank=True)
    url = models.URLField(_("address"), max_length=1000, blank=True)
    licence = models.CharField(_("licence"), max_length=300, blank=True)
    licence_url = models.URLField(_("text of the licence"), max_length=1000, blank=True)
    # What the publisher wants to be said wherever its words are shown.
    attribution = models.TextField(_("attribution"), blank=True)
    languages = models.JSONField(_("languages"), default=list)
    # None: nothing of it has gone in yet.
    changed_at = models.DateTimeField(_("last changed"), null=True)

    class Meta:
        verbose_name = _("framework")
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "key"], name="one_framework_per_key")
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}".strip()


class Concept(LargeTenantModel):
    """An occupation, a skill or a group of them, of a framework."""

    class Kind(models.TextChoices):
        OCCUPATION = "occupation", _("Occupation")
        SKILL = "skill", _("Skill")
        TECHNOLOGY = "technology", _("Technology")
        OCCUPATION_GROUP = "occupation_group", _("Group of occupations")
        SKILL_GROUP = "skill_group", _("Group of skills")

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="concepts")
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    # As the publisher identifies it: an address, a code, a UUID.
    external_id = models.CharField(_("identifier"), max_length=400)
    code = models.CharField(_("code"), max_length=80, blank=True)
    name = models.TextField(_("name"))
    summary = models.TextField(_("description"), blank=True)
    # What else the publisher says: tasks, preparation, where it is used.
    details = models.JSONField(default=dict)
    retired_at = models.DateTimeField(_("no longer in the framework since"), null=True)
    replaced_by = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="replaces")

    class Meta:
        verbose_name = _("concept")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["framework", "external_id"], name="one_concept_per_identifier")
        ]

    def __str__(self) -> str:
        return self.name


class Label(LargeTenantModel):
    """A name of a concept in one language."""

    class Kind(models.TextChoices):
        PREFERRED = "preferred", _("Preferred")
        ALTERNATIVE = "alternative", _("Alternative")
        # For finding only: misspellings, former names.
        HIDDEN = "hidden", _("Hidden")

    concept = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="labels", db_index=False)
    language = models.CharField(_("language"), max_length=12)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    text = models.TextField(_("text"))

    class Meta:
        verbose_name = _("label")
        constraints: ClassVar = [
            # Statements of a framework may be longer than an index takes.
            models.UniqueConstraint("concept", "language", MD5("text"), name="a_label_is_there_once")
        ]

    def __str__(self) -> str:
        return self.text


class Relation(LargeTenantModel):
    """What one concept has to do with another of its framework."""

    class Kind(models.TextChoices):
        ESSENTIAL = "essential", _("needs")
        OPTIONAL = "optional", _("may need")
        USES = "uses", _("uses")
        BROADER = "broader", _("is part of")
        RELATED = "related", _("is near")

    origin = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="relations", db_index=False)
    target = models.ForeignKey(Concept, on_delete=models.CASCADE, related_name="related_from")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    # As the publisher rates it; O*NET: importance 1 to 5, level 0 to 7.
    importance = models.FloatField(null=True)
    level = models.FloatField(null=True)

    class Meta:
        verbose_name = _("relation")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["origin", "target", "kind"], name="a_relation_is_there_once")
        ]

    def __str__(self) -> str:
        return f"{self.origin_id} {self.kind} {self.target_id}"
