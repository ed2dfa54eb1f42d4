from django.urls import path

from salaries import compare_views, parttime_views, views

app_name = "salaries"

urlpatterns = [
    path("salaries/", views.figures, name="figures"),
    path("salaries.csv", views.figures_csv, name="csv"),
    path("salaries.json", views.figures_json, name="json"),
    path("salaries/cities/<slug:slug>/", views.city, name="city"),
    path("salaries/figures/<slug:slug>/", views.figure, name="figure"),
    path("salaries/compare/", compare_views.compare, name="compare"),
    path("known-issues/", views.known_issues, name="known-issues"),
    path("salaries/part-time/", parttime_views.part_time, name="part-time"),
]
