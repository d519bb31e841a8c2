from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from careerforge.tenancy.models import TenantModel


class UserManager(BaseUserManager["User"]):
    """Finds users by their opaque sign-in name."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username=username)

    def whole(self) -> "models.QuerySet[User]":
        """With everything a request asks of its own person, in one query."""
        kinds = ArraySubquery(Grant.objects.filter(user=models.OuterRef("pk")).values("kind"))
        return self.select_related("organisation", "profile", "identity", "key").annotate(granted=kinds)


class User(TenantModel, AbstractBaseUser):
    """Somebody who can sign in. Holds nothing that names them: that is sealed in ``Identity``."""

    named_row_columns: ClassVar[tuple[str, ...]] = ("username", "email_index")

    class State(models.TextChoices):
        IMPORTED = "imported", _("Imported")
        INVITED = "invited", _("Invited")
        ACTIVE = "active", _("Active")
        LEFT = "left", _("Left")

    # Nobody is shown when somebody last signed in, so it is not kept.
    last_login = None

    username = models.CharField(_("sign-in name"), max_length=64, unique=True)
    # Blind index of the work e-mail, so that it can be typed at the sign-in.
    email_index = models.CharField(max_length=64, unique=True, null=True, editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.IMPORTED)
    # What admin pages and log entries show: two words and four digits.
    handle = models.CharField(_("handle"), max_length=40, editable=False)
    joined_at = models.DateTimeField(auto_now_add=True)
    left_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Part of what a session is checked against: counting up ends every session at once.
    session_generation = models.PositiveIntegerField(default=0, editable=False)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = ""
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering: ClassVar = ["handle"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "handle"], name="one_person_per_handle")
        ]

    def __str__(self) -> str:
        return self.handle

    @property
    def is_active(self) -> bool:  # type: ignore[override]
        """Only an active person can sign in or be computed about."""
        return self.state == self.State.ACTIVE

    @cached_property
    def kinds(self) -> frozenset[str]:
        """The roles this person has in the product, read once a request."""
        granted: list[str] | None = getattr(self, "granted", None)
        return frozenset(self.grants.values_list("kind", flat=True) if granted is None else granted)

    @property
    def is_staff(self) -> bool:
        """May open Django admin; what they may do there is decided per model."""
        return self.is_active and any(kind.startswith("admin-") for kind in self.kinds)

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What Django compares a session with: the password, and the generation of sessions."""
        value = f"{self.password}|{self.session_generation}"
        return salted_hmac("careerforge.people.session", value, secret=secret, algorithm="sha256").hexdigest()

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Ask the permission table (kind × model × action)."""
        from careerforge.people.permissions import allows

        return self.is_active and allows(self.kinds, perm)

    def has_perms(self, perm_list: list[str], obj: Any = None) -> bool:
        return all(self.has_perm(perm, obj) for perm in perm_list)

    def has_module_perms(self, app_label: str) -> bool:
        from careerforge.people.permissions import allows_any

        return self.is_active and allows_any(self.kinds, app_label)


class Grant(TenantModel):
    """One person, one role in the product. A person may hold several."""

    class Kind(models.TextChoices):
        EMPLOYEE = "employee", _("Employee")
        COACH = "coach", _("Coach")
        MANAGER = "manager", _("Manager")
        ADMIN_HR = "admin-hr", _("HR admin")
        ADMIN_PLATFORM = "admin-platform", _("Platform admin")
        ADMIN_ORG = "admin-org", _("Organisation admin")
        ADMIN_LND = "admin-lnd", _("Learning admin")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    kind = models.CharField(_("role"), max_length=16, choices=Kind.choices)

    class Meta:
        verbose_name = _("role in the product")
        verbose_name_plural = _("roles in the product")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "user", "kind"], name="a_person_has_a_role_once")
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
