"""The admin as this project has it: the quality desk is its first page."""

from django.conf import settings
from django.contrib import admin

from careerguide.signin import CodeSignInForm, SignInForm


class GuideAdminSite(admin.AdminSite):
    site_header = "Medical Director Career Guide"
    site_title = "Career Guide"
    index_title = "Quality desk"
    login_form = CodeSignInForm if settings.ADMIN_MFA else SignInForm

    def has_permission(self, request):
        """With one-time codes on, a session that began without one counts for nothing."""
        return super().has_permission(request) and (not settings.ADMIN_MFA or request.user.is_verified())

    def index(self, request, extra_context=None):
        """The quality desk stands above the list of models."""
        from editorial.desk import views  # the site is made before the models are ready

        return super().index(request, {**(extra_context or {}), **views.first_page(request)})

    def get_urls(self):
        from editorial.desk import views

        return [*views.urls(self), *super().get_urls()]
