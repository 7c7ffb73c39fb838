"""A web server loads the forms of editors with the first page of the admin, and all of them then."""

import os
import subprocess
import sys

from django.contrib import admin
from django.urls import reverse

CODE = """
import sys
from remedies_site.wsgi import application
from django.urls import get_resolver, resolve, reverse
get_resolver().url_patterns
reverse("home"), reverse("staff_login")
assert "remedies.admin" not in sys.modules, "loaded with the process"
assert resolve("/admin/remedies/remedy/").view_name == "admin:remedies_remedy_changelist"
from django.contrib import admin
print(reverse("admin:index"), sorted(model._meta.label for model in admin.site._registry))
"""


def test_a_server_loads_the_admin_with_its_first_page(tmp_path):
    environment = {
        **{name: os.environ[name] for name in os.environ.keys() - {"DATABASE_URL"}},
        "DJANGO_SETTINGS_MODULE": "remedies_site.settings.base",
        "VAR_DIR": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CODE],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    registered = sorted(model._meta.label for model in admin.site._registry)
    assert done.stdout.strip() == f"{reverse('admin:index')} {registered}"


def test_a_command_loads_it_at_once():
    assert "remedies.admin" in sys.modules
