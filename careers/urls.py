from django.urls import path

from careers import credential_views, views

app_name = "careers"

urlpatterns = [
    path("careers/", views.careers, name="careers"),
    path("careers/compare/", views.compare, name="compare"),
    path("careers/<slug:slug>/", views.career, name="career"),
    path("careers/<slug:slug>/settings/", views.settings, name="settings"),
    path("careers/<slug:slug>/readiness/", views.readiness, name="readiness"),
    path("credentials/", credential_views.credentials, name="credentials"),
    path("credentials/<slug:slug>/", credential_views.credential, name="credential"),
]
