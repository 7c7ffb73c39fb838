"""The files under deploy/ fit each other and this release: images, settings, commands, addresses of health."""

import re
import shlex
from configparser import RawConfigParser
from fnmatch import fnmatch
from ipaddress import ip_address, ip_network
from pathlib import Path

import pytest
import yaml
from django.core.management import get_commands
from django.urls import resolve, reverse

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE = ("compose.yaml", "compose.scale.yaml")
UNITS = sorted((DEPLOY / "systemd").iterdir())
OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
DOCKERFILE = (DEPLOY / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
# Of the images and of Python; every other variable in these files is a setting of the site.
OF_OTHERS = {
    *("POSTGRES_USER", "POSTGRES_PASSWORD", "POSTGRES_DB", "POSTGRES_INITDB_ARGS", "PGPASSWORD"),
    *("REPLICATION_PASSWORD", "REMEDIES_HOST", "REMEDIES_UPSTREAMS"),
    *("PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"),
}
PINNED = re.compile(r"[a-z/]+:\d+(\.\d+)+(-[a-z]+)*")


def compose(name: str) -> dict:
    return yaml.safe_load((DEPLOY / name).read_text(encoding="utf-8"))


def services() -> list[tuple[str, dict]]:
    return [
        (f"{name}: {service}", options)
        for name in COMPOSE
        for service, options in compose(name)["services"].items()
    ]


def unit(path: Path) -> RawConfigParser:
    parser = RawConfigParser(strict=False)
    parser.optionxform = str
    parser.read_string(path.read_text(encoding="utf-8"))
    return parser


def instructions(name: str) -> list[str]:
    return re.findall(rf"^{name} (.+)$", DOCKERFILE, re.MULTILINE)


def settings_that_are_read() -> set[str]:
    """The names that the modules of settings give to the readers of the environment."""
    readers = r"(?:text|choice|switch|text_list|number|database)"
    sources = [ROOT / "remedies_site" / "env.py", *(ROOT / "remedies_site/settings").glob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in sources)
    by_default = re.findall(r'name: str = "([A-Z_]+)"', text)
    second = re.findall(r'database\([^)]*"([A-Z_]+)"\)', text)
    return {*re.findall(rf'\b{readers}\(\s*"([A-Z_]+)"', text), *by_default, *second}


def test_the_settings_of_the_site_are_found():
    expected = {"DATABASE_URL", "DATABASE_REPLICA_URL", "CACHE_URL", "VAR_DIR", "WORKER"}
    assert expected <= settings_that_are_read()
    assert "NO_SETTING" not in settings_that_are_read()


def named_variables() -> set[str]:
    names = set(re.findall(r"([A-Z_]+)=", " ".join(instructions("ENV"))))
    for _service, options in services():
        names |= set(options.get("environment", {}))
    for path in UNITS:
        for line in re.findall(r"^Environment=(.+)$", path.read_text(), re.MULTILINE):
            names |= set(re.findall(r"([A-Z_]+)=", line))
    for name in COMPOSE:
        names |= set(re.findall(r"\$\{([A-Z_]+)", (DEPLOY / name).read_text()))
    return names


def test_every_variable_is_a_setting_that_the_site_reads():
    assert {"VAR_DIR", "TRUSTED_PROXIES", "WEB_PROCESSES"} <= named_variables()
    assert named_variables() - OF_OTHERS - settings_that_are_read() == set()


def commands() -> list[list[str]]:
    """What is run of the site, in images, services and units."""
    lists = [yaml.safe_load(line) for line in instructions("CMD")]
    lists += [options["command"] for _name, options in services() if "command" in options]
    lists += [
        shlex.split(line.replace("'", " ").replace("/bin/sh -c exec", ""))
        for path in UNITS
        for line in re.findall(r"^ExecStart=(.+)$", path.read_text(), re.MULTILINE)
    ]
    return [words for words in lists if "manage.py" in words or "remedies_site.server" in words]


def test_every_command_is_one_of_the_site_s():
    managed = {words[words.index("manage.py") + 1] for words in commands() if "manage.py" in words}
    assert managed == {
        "prepare",
        "worker",
        "backup",
        "restore_drill",
        "reconcile_votes",
        "check_links",
    }
    assert managed <= set(get_commands())
    assert sum("remedies_site.server" in words for words in commands()) == 2


def test_the_server_knows_every_option_that_it_is_given():
    known = (ROOT / "remedies_site" / "server.py").read_text(encoding="utf-8")
    for words in commands():
        if "remedies_site.server" in words:
            for option in (word for word in words if word.startswith("--")):
                assert f'"{option}"' in known


@pytest.mark.parametrize("name", ["Dockerfile", "Caddyfile", "nginx.conf"])
def test_health_is_asked_where_the_site_answers(name):
    text = (DEPLOY / name).read_text(encoding="utf-8")
    paths = set(re.findall(r"/(?:healthz|readyz)\b", text))
    assert paths
    for path in paths:
        assert resolve(path).url_name == path[1:]


def test_every_image_has_a_version():
    images = [line.split()[0] for line in instructions("FROM")]
    images += [options["image"] for _name, options in services() if "image" in options]
    others = [image for image in images if image != "remedies:1"]
    assert len(others) >= 6
    assert [image for image in others if not PINNED.fullmatch(image)] == []


@pytest.mark.parametrize("image", ["postgres", "postgres:latest", "caddy:2", "python:slim"])
def test_an_image_without_a_version_is_seen(image):
    assert not PINNED.fullmatch(image)


def test_the_image_runs_as_nobody_special_on_locked_packages():
    (user,) = instructions("USER")
    assert int(user) > 1000
    assert DOCKERFILE.index("USER ") < DOCKERFILE.rindex("CMD ")
    installs = [line for line in instructions("RUN") if "pip install" in line]
    assert installs
    for line in installs:
        assert "--require-hashes -r /tmp/runtime.txt" in line
    assert "COPY requirements/runtime.txt /tmp/runtime.txt" in DOCKERFILE
    assert len(instructions("HEALTHCHECK")) == 1
    assert not instructions("ADD")
    assert "sudo" not in DOCKERFILE
    for line in instructions("RUN"):
        if "apt-get install" in line:
            assert "--no-install-recommends" in line
            assert "rm -rf /var/lib/apt/lists/*" in line


def test_the_image_holds_every_package_of_the_site_and_no_test():
    lines = (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "*"
    kept = {line[1:] for line in lines if line.startswith("!")}
    apps = {path.parent.name for path in ROOT.glob("*/apps.py")}
    assert apps | {"manage.py", "templates", "static", "fixtures"} <= kept
    assert not kept & {"tests", "scripts", "var"}
    assert all((ROOT / name).exists() for name in kept)


def test_services_of_the_site_have_no_rights_that_they_do_not_need():
    for name, options in services():
        if options.get("image") == "remedies:1":
            assert options["read_only"], name
            assert options["cap_drop"] == ["ALL"], name
            assert options["security_opt"] == ["no-new-privileges:true"], name
        assert not options.get("privileges"), name
        assert "privileged" not in options, name
    opened = [name for name, options in services() if "ports" in options]
    assert opened == ["compose.yaml: proxy"]


def test_services_lean_on_services_that_are_there():
    names = {name.partition(": ")[2] for name, _options in services()}
    for name, options in services():
        assert set(options.get("depends_on", {})) <= names, name
    text = "".join((DEPLOY / name).read_text() for name in COMPOSE)
    assert set(re.findall(r"@(\w+):5432", text)) | {"cache"} <= names


def test_the_files_that_services_and_images_are_given_are_there():
    for _name, options in services():
        for volume in options.get("volumes", []):
            source = volume.partition(":")[0]
            if source.startswith("."):
                assert (DEPLOY / source).is_file(), source


def test_the_proxy_that_is_trusted_is_the_proxy():
    site = compose("compose.yaml")
    address = site["services"]["proxy"]["networks"]["inside"]["ipv4_address"]
    assert site["services"]["web"]["environment"]["TRUSTED_PROXIES"] == address


def test_the_address_of_the_proxy_is_none_that_another_service_may_be_given():
    site = compose("compose.yaml")
    address = ip_address(site["services"]["proxy"]["networks"]["inside"]["ipv4_address"])
    (config,) = site["networks"]["inside"]["ipam"]["config"]
    assert address in ip_network(config["subnet"])
    assert ip_network(config["ip_range"]).subnet_of(ip_network(config["subnet"]))
    assert address not in ip_network(config["ip_range"])


def test_caddy_takes_long_bodies_for_uploads_alone_and_buffers_little_of_any():
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    limits = dict(re.findall(r"request_body (\S*) ?\{\s*max_size (\S+)", text))
    assert limits == {"@uploads": "22MB", "@others": "1MB"}
    ((_, uploads),) = re.findall(r"@(uploads) path (.+)", text)
    ((_, others),) = re.findall(r"@(others) not path (.+)", text)
    assert uploads == others
    assert set(uploads.split()) == {"/admin/citations/*", reverse("admin:remedies_packs") + "*"}
    assert reverse("admin:citations_import").startswith("/admin/citations/")
    assert re.findall(r"request_buffers (\S+)", text) == ["1MB"]
    assert re.search(r"servers \{\s*timeouts \{\s*read_header \w+\s*read_body \w+\s*\}", text)


def test_caddy_names_requests_itself():
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert "header_up X-Request-ID {http.request.uuid}\n" in text


def test_two_web_processes_share_a_cache_and_say_that_they_are_two():
    web = compose("compose.yaml")["services"]["web"]["environment"]
    more = compose("compose.scale.yaml")["services"]["web"]["environment"]
    assert web["CACHE_URL"].startswith("redis://")
    assert more["WEB_PROCESSES"] == "2"


def test_no_password_stands_in_a_file():
    for name in COMPOSE:
        for line in (DEPLOY / name).read_text().splitlines():
            for password in re.findall(r"(?:PASSWORD|SECRET_KEY|EMAIL_URL): (\S+)", line):
                assert password.startswith("${"), line


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_is_whole_and_runs_as_nobody_special(path):
    parsed = unit(path)
    assert parsed["Unit"]["Description"]
    if path.suffix == ".timer":
        assert parsed["Timer"]["OnCalendar"]
        assert path.with_suffix(".service") in UNITS
        return
    service = parsed["Service"]
    assert service["User"] == "remedies"
    assert service["NoNewPrivileges"] == "yes"
    assert service["ProtectSystem"] == "strict"
    assert service["EnvironmentFile"] == "/etc/remedies/environment"
    if service.get("Type") != "oneshot":
        assert service["Restart"] == "always"
        assert parsed["Install"]["WantedBy"] == "multi-user.target"


def test_a_restarted_server_is_given_the_time_that_it_takes():
    from remedies_site.server import GRACE_SECONDS, WORKER_GRACE_SECONDS

    (web,) = (path for path in UNITS if path.name == "remedies-web@.service")
    limit = int(unit(web)["Service"]["TimeoutStopSec"])
    assert limit > GRACE_SECONDS + WORKER_GRACE_SECONDS


def writable_folders() -> set[str]:
    """What units may write to; systemd does not start one whose folder is missing."""
    return {
        folder
        for path in UNITS
        if path.suffix == ".service"
        for folder in unit(path)["Service"]["ReadWritePaths"].split()
    }


def test_every_folder_that_a_unit_writes_to_is_made_in_the_page_for_operators():
    assert {"/var/lib/remedies", "/var/backups/remedies"} <= writable_folders()
    made = set(re.findall(r"^install -d -o remedies .*?(/\S+)", OPERATING, re.MULTILINE))
    assert writable_folders() <= made


def test_units_use_the_user_the_paths_and_the_settings_of_the_page_for_operators():
    named = " ".join(path.read_text() for path in UNITS)
    paths = set(re.findall(r"/(?:opt|etc|var)/\w[\w/]*", named))
    assert {"/opt/remedies/site", "/etc/remedies/environment"} <= paths
    assert {path for path in paths if path not in OPERATING} == set()
    assert re.search(r"^useradd --system .* remedies$", OPERATING, re.MULTILINE)
    assert set(re.findall(r"remedies-\w+@?", OPERATING)) >= {
        path.stem for path in UNITS if path.suffix == ".service"
    }


def test_the_nightly_backup_is_encrypted_and_named_so_that_old_ones_go_and_the_drill_finds_it():
    (backup,) = (words for words in commands() if "backup" in words)
    (drill,) = (words for words in commands() if "restore_drill" in words)
    assert backup[3] == "/var/backups/remedies"
    assert not Path(backup[3]).suffix  # a folder: then the command itself names the file
    assert {"--encrypt", "--keep"} <= set(backup)
    assert drill[3] == backup[3]
    assert "BACKUP_KEY_FILE=" in OPERATING


def test_every_job_has_a_timer_that_the_page_for_operators_switches_on():
    jobs = {
        path.stem
        for path in UNITS
        if path.suffix == ".service" and unit(path)["Service"].get("Type") == "oneshot"
    }
    assert len(jobs) == 4
    assert {path.stem for path in UNITS if path.suffix == ".timer"} == jobs
    (enabled,) = re.findall(r"^systemctl enable --now (.*\.timer)$", OPERATING, re.MULTILINE)
    assert set(enabled.split()) == {f"{job}.timer" for job in jobs}


def test_no_unit_turns_off_the_worker_that_the_environment_file_leaves_on():
    for path in UNITS:
        assert not re.search(r"^Environment=.*WORKER", path.read_text(), re.MULTILINE), path.name


def large_uploads(text: str) -> dict[str, str]:
    """The URLs under which nginx takes more than elsewhere, and how much."""
    blocks = re.findall(r"location (\S+) \{[^}]*client_max_body_size (\d+m);", text)
    return dict(blocks)


def test_both_examples_for_nginx_take_the_files_that_the_site_takes():
    assert large_uploads((DEPLOY / "nginx.conf").read_text()) == large_uploads(OPERATING)
    for name in ("citations_import", "remedies_packs"):
        url = reverse(f"admin:{name}")
        assert any(url.startswith(prefix) for prefix in large_uploads(OPERATING)), url


def test_a_monitor_from_outside_asks_what_the_proxies_answer():
    rows = [row for row in OPERATING.splitlines() if row.startswith("| ") and "every minute" in row]
    outside = [row for row in rows if "from outside" in row]
    assert outside
    denied = re.findall(r"location = (\S+) \{[^}]*deny all", (DEPLOY / "nginx.conf").read_text())
    denied += re.findall(r"handle (\S+) \{\s*respond 404", (DEPLOY / "Caddyfile").read_text())
    assert denied == ["/readyz", "/readyz"]
    for row in outside:
        assert not any(path in row for path in denied), row


def test_dumps_are_made_by_a_program_that_is_not_older_than_the_server():
    versions = {
        options["image"].partition(":")[2]
        for _name, options in services()
        if options.get("image", "").startswith("postgres:")
    }
    (version,) = versions
    assert version.startswith("15.")  # the postgresql-client of Debian bookworm
    assert all("bookworm" in line for line in [*instructions("FROM"), version])


def test_the_settings_of_an_operator_reach_every_container_of_the_site():
    for name, options in compose("compose.yaml")["services"].items():
        if options["image"] == "remedies:1":
            assert options["env_file"] == [{"path": "site.env", "required": False}], name
    assert "deploy/site.env\n" in (ROOT / ".gitignore").read_text()


def test_caddy_gives_each_static_file_one_age():
    text = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    ages = re.findall(r"header (@?\w+) .*max-age", text)
    assert ages == ["@plain", "@hashed"]
    assert len(set(re.findall(r"@(?:plain not|hashed) path_regexp (\S+)", text))) == 1


def test_what_an_operator_makes_in_the_checkout_is_ignored_by_git():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8")
    made = set(re.findall(r"> ([\w.]+\.(?:sh|key|log|pid))\b", OPERATING))
    assert {"settings.sh", "backup.key", "server.log", "server.pid"} <= made
    patterns = [line.strip("/") for line in ignored.splitlines() if line.startswith("/")]
    assert [name for name in made if not any(fnmatch(name, one) for one in patterns)] == []
