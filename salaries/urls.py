from django.urls import path

from salaries import views

app_name = "salaries"

urlpatterns = [
    path("salaries/", views.figures, name="figures"),
    path("salaries.csv", views.figures_csv, name="csv"),
    path("salaries.json", views.figures_json, name="json"),
    path("salaries/cities/<slug:slug>/", views.city, name="city"),
]
