from django.urls import path

from readinglist import views
from readinglist.citations import FORMATS

app_name = "readinglist"

urlpatterns = [
    path("reading/", views.items, name="items"),
    *(path(f"reading.{suffix}", views.citations, {"suffix": suffix}, name=suffix) for suffix in FORMATS),
    path("reading/lists/<slug:slug>/", views.reading_list, name="list"),
    path("reading/<slug:slug>/", views.item, name="item"),
]
