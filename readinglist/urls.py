from django.urls import path

from readinglist import views
from readinglist.citations import FORMATS

app_name = "readinglist"

urlpatterns = [
    path("reading/", views.items, name="items"),
    path("reading/lists/<slug:slug>/", views.reading_list, name="list"),
    path("reading/<slug:slug>/", views.item, name="item"),
]
for suffix in FORMATS:
    urlpatterns += [
        path(f"reading.{suffix}", views.citations, {"suffix": suffix}, name=suffix),
        path(f"reading/<slug:slug>.{suffix}", views.citation, {"suffix": suffix}, name=f"one.{suffix}"),
    ]
