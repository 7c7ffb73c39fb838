"""The root URLconf. Apps are included by dotted path only: nothing is imported from them."""

from django.contrib import admin
from django.urls import URLPattern, include, path, register_converter
from django.utils.translation import gettext_lazy as _

from remedies_site import views
from remedies_site.converters import MarkKeyConverter, NumberConverter
from remedies_site.health import healthz
from remedies_site.watching.browser_reports import browser_reports

register_converter(NumberConverter, "number")
register_converter(MarkKeyConverter, "mark_key")

admin.site.site_header = _("Editors' desk")
admin.site.site_title = _("Editors' desk")
admin.site.index_title = _("What would you like to work on?")

about: list[URLPattern] = [
    path("", views.about, name="about"),
    path("privacy/", views.privacy, name="privacy"),
    path("rules/", views.rules, name="rules"),
    path("editorial/", views.editorial_policy, name="editorial_policy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("licence/", views.data_licence, name="data_licence"),
    path("help/", views.help_now, name="help_now"),
    path("criteria/", views.criteria, name="criteria"),
]

urlpatterns = [
    path("admin/", include("accounts.admin_urls")),
    path("admin/", include("citations.admin_urls")),
    path("admin/", admin.site.urls),
    path("healthz", healthz, name="healthz"),
    path("browser-reports/", browser_reports, name="browser_reports"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("about/", include(about)),
    path("", include("publishing.urls")),
    path("", include("workbench.urls")),
    path("accounts/", include("accounts.urls")),
    path("references/", include("citations.urls")),
    path("conditions/", include("conditions.urls")),
    path("search/", include("search.urls")),
    path("requests/", include("search.requests.urls")),
    path("", include("discussions.urls")),
    path("", include("remedies.urls")),
]

handler400 = "remedies_site.errors.bad_request"
handler403 = "remedies_site.errors.forbidden"
handler404 = "remedies_site.errors.not_found"
handler429 = "remedies_site.errors.too_many_requests"
handler500 = "remedies_site.errors.server_error"
