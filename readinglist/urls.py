from django.urls import path

from readinglist import views

app_name = "readinglist"

urlpatterns = [
    path("reading/", views.items, name="items"),
    path("reading/lists/<slug:slug>/", views.reading_list, name="list"),
    path("reading/<slug:slug>/", views.item, name="item"),
]
