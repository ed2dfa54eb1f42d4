"""The admin as this project has it: the quality desk is its first page."""

from django.contrib import admin


class GuideAdminSite(admin.AdminSite):
    site_header = "Medical Director Career Guide"
    site_title = "Career Guide"
    index_title = "Quality desk"
