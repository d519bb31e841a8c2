"""The regions that a source can be meant for."""

from django.utils.translation import gettext as _

from careerforge.people.models import Profile
from connectors.models import Connection


def choices(connection: Connection | None) -> list[tuple[str, str]]:
    """Those that people have, and the one that is stored."""
    lived = Profile.objects.exclude(region="").order_by("region").values_list("region", flat=True)
    stored = connection.collection.audience_region if connection else ""
    found = sorted({*lived.distinct(), *([stored] if stored else [])})
    return [
        ("", _("Choose a region") if found else _("Nobody has a region yet")),
        *((one, one) for one in found),
    ]
