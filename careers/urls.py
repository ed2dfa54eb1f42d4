from django.urls import path

from careers import views

app_name = "careers"

urlpatterns = [
    path("careers/", views.careers, name="careers"),
    path("careers/<slug:slug>/", views.career, name="career"),
]
