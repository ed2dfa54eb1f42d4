from django.contrib import admin
from django.urls import include, path

from careerguide import plan_views, views
from careerguide.security_txt import security_txt
from careerguide.sitemaps import sitemap

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("careers.urls")),
    path("", include("readinglist.urls")),
    path("", include("salaries.urls")),
    path("", include("sources.urls")),
    path("", include("editorial.urls")),
    path("plan/", plan_views.plan, name="plan"),
    path("plan.ics", plan_views.plan_calendar, name="plan-calendar"),
    path("search/", views.search, name="search"),
    path("method/", views.method, name="method"),
    path("gallery/", views.gallery, name="gallery"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("robots.txt", views.robots, name="robots"),
    path(".well-known/security.txt", security_txt, name="security-txt"),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("admin/", admin.site.urls),
]

handler400 = views.bad_request
handler403 = views.forbidden
handler404 = views.not_found
handler500 = views.server_error
