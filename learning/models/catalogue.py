from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careerforge.knowledge.models import Collection
from careerforge.skills.models import LEVEL, TOP_LEVEL, between
from careerforge.tenancy.models import LargeTenantModel, TenantModel


class ResourceQuerySet(models.QuerySet["Resource"]):
    def on_offer(self) -> "ResourceQuerySet":
        """What a new path may use: not retired and, if it came from a source, still there.

        Asked of the source each time: what is gone or closed is offered to nobody from then on.
        """
        return self.filter(offered())


def offered() -> Q:
    """The condition of :meth:`ResourceQuerySet.on_offer`."""
    there = Q(
        course__document__isnull=False,
        course__document__gone_at=None,
        course__document__collection__removed_at=None,
    )
    return Q(retired_at=None) & (Q(course=None) | there) & readable()


def readable(resource: str = "") -> Q:
    """Resources whose source, if there is one, everyone may read.

    Args:
        resource: how the resource is reached, such as ``"resource__"``.
    """
    everyone = Q(**{f"{resource}course__document__collection__audience": Collection.Audience.EVERYONE})
    without = Q(**{f"{resource}course__document": None})
    return without | everyone


class Resource(TenantModel):
    """A row of the learning catalogue: something real to read, take, do or sit."""

    class Type(models.TextChoices):
        COURSE = "course", _("Course")
        BOOK = "book", _("Book")
        DOCUMENTATION = "documentation", _("Documentation")
        LAB = "lab", _("Lab")
        PROJECT = "project", _("Project")
        CERTIFICATION = "certification", _("Certification")
        VIDEO = "video", _("Video")
        ARTICLE = "article", _("Article")
        MENTORING = "mentoring", _("Mentoring")
        WORKSHOP = "workshop", _("Workshop")

    slug = models.SlugField(max_length=120)
    type = models.CharField(_("type"), max_length=16, choices=Type.choices)
    title = models.CharField(_("title"), max_length=200)
    summary = models.TextField(_("summary"), blank=True)
    provider_kind = models.CharField(_("provider"), max_length=40)
    hours = models.PositiveSmallIntegerField(_("hours"))
    cost_minor = models.PositiveIntegerField(_("cost in minor units"), default=0)
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    skill = models.ForeignKey("skills.Skill", on_delete=models.PROTECT, related_name="resources")
    # The level one reaches with it.
    level = models.PositiveSmallIntegerField(_("level reached"), validators=LEVEL)
    url = models.URLField(_("link"), max_length=500, blank=True)
    # Hours and cost are ours until the company's own completions replace them.
    starter_estimate = models.BooleanField(_("starter estimate"), default=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    objects = ResourceQuerySet.as_manager()

    class Meta:
        verbose_name = _("learning resource")
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="one_resource_per_slug"),
            between("level", 1, 5, "resource_level_between_1_and_5"),
        ]

    def __str__(self) -> str:
        return self.title


class Course(TenantModel):
    """A course as a source describes it. No path uses it before somebody has taken it into the catalogue.

    ``title``, ``url``, ``skill``, ``level``, ``hours`` and ``price`` are what was read, until an admin has
    put them right.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        ADOPTED = "adopted", _("In the catalogue")
        DECLINED = "declined", _("Declined")

    # Gone with its source; a course that is in the catalogue stays without, so that its row is retired.
    document = models.OneToOneField(
        "knowledge.Document", on_delete=models.SET_NULL, null=True, related_name="course"
    )
    version = models.ForeignKey(
        "knowledge.DocumentVersion", on_delete=models.SET_NULL, null=True, related_name="+"
    )
    # ``skills.extraction.kept.state`` at the time.
    names = models.CharField(max_length=16)
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.PROPOSED)
    title = models.CharField(_("title"), max_length=200)
    provider = models.CharField(_("provider"), max_length=200, blank=True)
    # In the source's words.
    said_level = models.CharField(_("level, as the source says it"), max_length=80, blank=True)
    skill = models.ForeignKey(
        "skills.Skill",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("skill"),
    )
    level = models.PositiveSmallIntegerField(_("level reached"), null=True, blank=True, validators=LEVEL)
    hours = models.PositiveSmallIntegerField(_("hours"), null=True, blank=True)
    # In minor units; 0: free; null: not said.
    price = models.PositiveIntegerField(_("price in minor units"), null=True, blank=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    # All skills that it names.
    skills = models.ManyToManyField("skills.Skill", through="CourseSkill", related_name="+")
    resource = models.OneToOneField(
        Resource, on_delete=models.PROTECT, null=True, blank=True, related_name="course"
    )
    # What was read of it last, by field; what differs from it an admin has put right. From when it went into
    # the catalogue on: what was read then.
    read = models.JSONField(default=dict, editable=False)
    # Its source says something else than when it went into the catalogue.
    is_changed = models.BooleanField(_("changed at its source"), default=False, editable=False)
    # When its resource was retired because the source has it no more.
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("course from a source")
        verbose_name_plural = _("courses from sources")
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [
            between("level", 1, TOP_LEVEL, "course_level_between_1_and_5"),
            models.CheckConstraint(
                condition=~Q(state="adopted") | Q(resource__isnull=False),
                name="an_adopted_course_is_in_the_catalogue",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CourseSkill(LargeTenantModel):
    """A course names a skill, at a level where it says one."""

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="names_skills")
    skill = models.ForeignKey("skills.Skill", on_delete=models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "course", "skill"], name="a_course_names_a_skill_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.course_id} names {self.skill_id}"
