"""The desk's admin site (窓口の机)."""

from django.contrib import admin


class DeskSite(admin.AdminSite):
    site_title = site_header = "ざま共創官民連携窓口"
    index_title = "窓口の机"
