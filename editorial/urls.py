from django.urls import path

from editorial import changes_views, feeds

urlpatterns = [
    path("changes/", changes_views.changes, name="changes"),
    path("changes.atom", feeds.change_feed, name="changes-feed"),
]
