from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careerforge.administration.base import TenantForm
from careerforge.people import finding, identity, sign_in
from careerforge.people.models import Assignment, Grant, Identity, Profile, User
from careerforge.skills.models import Practice

WORK = ("practice", "seniority", "years_of_experience", "region", "hours_per_week")


class PersonForm(TenantForm):
    """Everything HR keeps of a person. What names them is opened here, and sealed when it is saved."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("Work e-mail"), required=False)
    city = forms.CharField(label=_("City"), max_length=100, required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    employee_number = forms.CharField(label=_("Employee number"), max_length=40, required=False)
    kinds = forms.MultipleChoiceField(
        label=_("Roles in the product"),
        choices=Grant.Kind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    practice = forms.ModelChoiceField(Practice.objects.all(), label=_("Practice"), required=False)
    seniority = forms.TypedChoiceField(label=_("Seniority"), choices=Profile.Seniority.choices, coerce=int)
    years_of_experience = forms.IntegerField(label=_("Years of experience"), min_value=0, max_value=60)
    region = forms.CharField(
        label=_("Region"),
        max_length=40,
        required=False,
        help_text=_("Coaches see it, so never a city: North, Bavaria, Benelux."),
    )
    hours_per_week = forms.IntegerField(label=_("Learning hours a week"), min_value=0, max_value=40)

    # Who fills it in.
    by: User

    class Meta:
        model = User
        fields = ("username",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance: User | None = kwargs.get("instance")
        kwargs["initial"] = {**(known(instance) if instance else FRESH), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        username = self.fields.get("username")
        if username is not None:
            username.required = False
            username.help_text = _("Left empty, an opaque one is made. The work e-mail works as well.")

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"])
        other = sign_in.find(email) if email else None
        if other is not None and other.pk != self.instance.pk:
            raise forms.ValidationError(_("Somebody else has this e-mail."))
        return email

    def clean_employee_number(self) -> str:
        number = str(self.cleaned_data["employee_number"])
        index = identity.employee_number_index(self.instance.organisation_id, number)
        if (
            number
            and Identity.objects.filter(employee_number_index=index).exclude(user=self.instance.pk).exists()
        ):
            raise forms.ValidationError(_("Somebody else has this employee number."))
        return number

    def clean_region(self) -> str:
        region = str(self.cleaned_data["region"]).strip()
        city = str(self.cleaned_data.get("city") or "")
        if region and (region.casefold() == city.strip().casefold() or finding.is_somebodys_city(region)):
            raise forms.ValidationError(_("This is a city, and coaches would see it. Name a larger region."))
        return region

    def clean_username(self) -> str:
        username = str(self.cleaned_data["username"] or "")
        other = sign_in.find(username) if username else None
        if "@" in username or (other is not None and other.pk != self.instance.pk):
            raise forms.ValidationError(_("This sign-in name is taken or has an @ in it."))
        return username or self.instance.username

    def clean_kinds(self) -> list[str]:
        kinds = list(self.cleaned_data["kinds"])
        others = Grant.objects.filter(kind=Grant.Kind.ADMIN_HR).exclude(user=self.instance.pk)
        had_it = Grant.objects.filter(kind=Grant.Kind.ADMIN_HR, user=self.instance.pk).exists()
        if had_it and Grant.Kind.ADMIN_HR not in kinds and not others.exists():
            raise forms.ValidationError(
                _("Somebody must remain HR admin. Give the role to another person first.")
            )
        if self.instance.pk == self.by.pk and set(kinds) != self.by.kinds:
            raise forms.ValidationError(_("Nobody changes their own roles. Ask another HR admin."))
        if not had_it and Grant.Kind.ADMIN_HR in kinds and self._coaches():
            raise forms.ValidationError(
                _("This person coaches. An HR admin knows the name behind each handle: end that first.")
            )
        return kinds

    def _coaches(self) -> bool:
        """Now or from a later day."""
        theirs = Assignment.objects.filter(coach=self.instance.pk)
        return theirs.exclude(ends_on__lte=timezone.localdate()).exists()

    @property
    def person(self) -> identity.Person:
        """What names them, as typed."""
        return identity.Person(**{field: self.cleaned_data[field] for field in identity.FIELDS})


FRESH: dict[str, Any] = {
    "kinds": [Grant.Kind.EMPLOYEE],
    "seniority": Profile.Seniority.MID,
    "years_of_experience": 0,
    "hours_per_week": 4,
}


def known(user: User) -> dict[str, Any]:
    """What the form shows of somebody who is here already."""
    names = {field: identity.read(user, field) for field in identity.FIELDS}
    profile = user.profile
    work = {field: getattr(profile, field) for field in WORK}
    return {**names, **work, "practice": profile.practice_id, "kinds": [g.kind for g in user.grants.all()]}
