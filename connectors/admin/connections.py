"""The list of connections, and where its pages are."""

from django.contrib import admin
from django.urls import URLPattern, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from connectors.admin.acts import Acts
from connectors.admin.editing import Editing
from connectors.admin.listing import Listing
from connectors.admin.showing import Showing
from connectors.admin.uploading import Uploading
from connectors.models import Connection


@admin.register(Connection)
class ConnectionAdmin(Editing, Acts, Listing, Showing, Uploading):
    """Where documents come from: add, try out, synchronise, pause, remove."""

    def get_urls(self) -> list[URLPattern]:
        of_one = {
            "sync": require_POST(self.sync_view),
            "pause": require_POST(self.pause_view),
            "documents": self.documents_view,
            "places": self.places_view,
            # Protected by itself, once its files are read under bounds.
            "upload": csrf_exempt(self.arriving_view),
        }
        status = self.admin_site.admin_view(self.status_view)
        return [
            path("<uuid:pk>/", status, name="connectors_connection_status"),
            *(
                path(
                    f"<uuid:pk>/{name}/",
                    self.admin_site.admin_view(view),
                    name=f"connectors_connection_{name}",
                )
                for name, view in of_one.items()
            ),
            *super().get_urls(),
        ]
