from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from careerforge.tenancy.context import current_id


class Organisation(models.Model):
    """A company. Its row is readable by every session, writable only in its own context."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(_("name"), max_length=200)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    locale = models.CharField(_("locale"), max_length=16, default="en")
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    # A key in the environment is not consent: the organisation itself switches a model on.
    model_allowed = models.BooleanField(_("may use a language model"), default=False)
    is_demo = models.BooleanField(_("demo company"), default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name


class TenantModel(models.Model):
    """A row of one organisation. ``row_security`` adds the policy and the composite foreign keys."""

    # Columns by which ``context.named_row`` may find a row before the organisation is known.
    named_row_columns: ClassVar[tuple[str, ...]] = ()
    # Rows that the application may add and read, and never change or remove.
    append_only: ClassVar[bool] = False

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        default=current_id,
        # ``unique (organisation, id)`` of row security serves as its index.
        db_index=False,
    )

    class Meta:
        abstract = True


class LargeTenantModel(TenantModel):
    """The same for tables of many small rows that nobody outside refers to: bigint keys."""

    id = models.BigAutoField(primary_key=True)  # type: ignore[assignment]

    class Meta:
        abstract = True
