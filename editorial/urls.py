from django.urls import path

from editorial.changes import feeds
from editorial.changes import views as changes_views

urlpatterns = [
    path("changes/", changes_views.changes, name="changes"),
    path("changes.atom", feeds.change_feed, name="changes-feed"),
]
