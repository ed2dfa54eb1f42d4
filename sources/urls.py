from django.urls import path

from sources import views

app_name = "sources"

urlpatterns = [
    path("sources/", views.sources, name="sources"),
    path("disagreements/", views.disagreements, name="disagreements"),
    path("sources/<slug:slug>/", views.source, name="source"),
]
