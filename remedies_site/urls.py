"""The root URLconf. Apps are included by dotted path only: nothing is imported from them."""

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path, register_converter
from django.urls.resolvers import RoutePattern

from remedies_site import views
from remedies_site.converters import MarkKeyConverter, NumberConverter
from remedies_site.editing.lazy_urls import LazyNamespace
from remedies_site.health import healthz, readyz
from remedies_site.monitoring.browser_reports import browser_reports
from remedies_site.well_known import change_password, opensearch, security_txt

register_converter(NumberConverter, "number")
register_converter(MarkKeyConverter, "mark_key")

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

urlpatterns: list[URLPattern | URLResolver] = [
    path("admin/", include("accounts.admin_urls")),
    path("admin/", include("citations.admin_urls")),
    LazyNamespace(RoutePattern("admin/"), "remedies_site.editing.urls", None, "admin", "admin"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("browser-reports/", browser_reports, name="browser_reports"),
    path("robots.txt", views.robots, name="robots"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("opensearch.xml", opensearch, name="opensearch"),
    path(".well-known/security.txt", security_txt, name="security_txt"),
    path(".well-known/change-password", change_password, name="change_password"),
    path("about/", include(about)),
    path("", include("publishing.urls")),
    *([path("", include("workbench.urls"))] if apps.is_installed("workbench") else []),
    path("api/", include("api.urls")),
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
