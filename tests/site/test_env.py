import os
import stat
import subprocess
import sys

import pytest
from django.conf import global_settings
from django.core.exceptions import ImproperlyConfigured

from remedies_site import env
from remedies_site.settings import keys

CODES = {code for code, _label in global_settings.LANGUAGES}


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch):
    for name in (
        "TRUSTED_PROXIES",
        "DATABASE_URL",
        "CACHE_URL",
        "EMAIL_URL",
        "SECRET_KEY",
        "SECRET_KEY_FILE",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def error_message(monkeypatch):
    """The sentence with which a reader refuses a value."""

    def read(name, value, reader, *args, **kwargs) -> str:
        monkeypatch.setenv(name, value)
        with pytest.raises(ImproperlyConfigured) as error:
            reader(*args, **kwargs)
        return str(error.value)

    return read


def test_text_is_taken_without_blanks(monkeypatch):
    monkeypatch.setenv("SITE_NAME", "  Plain Remedies ")
    assert env.text("SITE_NAME") == "Plain Remedies"


def test_an_empty_variable_counts_as_unset(monkeypatch):
    monkeypatch.setenv("SITE_NAME", "  ")
    assert env.text("SITE_NAME", "default") == "default"


@pytest.mark.parametrize(("value", "on"), [("on", True), ("OFF", False), ("", True)])
def test_a_switch_is_on_or_off(monkeypatch, value, on):
    monkeypatch.setenv("PRODUCTS", value)
    assert env.switch("PRODUCTS", default=True) is on


@pytest.mark.parametrize("value", ["true", "1", "yes", "onn"])
def test_any_other_word_for_a_switch_is_refused(error_message, value):
    sentence = error_message("PRODUCTS", value, env.switch, "PRODUCTS", default=False)
    assert sentence == f"PRODUCTS must be one of on, off; it is {value!r}."


def test_a_choice_is_one_of_its_words(monkeypatch, error_message):
    monkeypatch.setenv("REVIEW", "Two")
    assert env.choice("REVIEW", ("one", "two"), "one") == "two"
    sentence = error_message("REVIEW", "three", env.choice, "REVIEW", ("one", "two"), "one")
    assert "one, two" in sentence


@pytest.mark.parametrize("value", ["0", "-1", "1001", "two", "2.5"])
@pytest.mark.parametrize("name", ["HIDE_AT_REPORTS", "HIDE_AT_URGENT_REPORTS"])
def test_a_number_of_reports_that_hides_is_from_1_to_1000(error_message, name, value):
    assert "from 1 to 1000" in error_message(name, value, env.hiding_thresholds)


def test_three_reports_hide_and_two_urgent_ones(monkeypatch):
    assert env.hiding_thresholds() == (3, 2)
    monkeypatch.setenv("HIDE_AT_REPORTS", "5")
    assert env.hiding_thresholds() == (5, 2)


@pytest.mark.parametrize("value", ["-1", "1001", "two", "2.5", "٣", "0"])
def test_a_number_of_the_ladder_is_from_its_least_to_1000(error_message, value):
    assert "POSTS_AT_ONCE must be a number from 1 to 1000" in error_message(
        "POSTS_AT_ONCE", value, env.number, "POSTS_AT_ONCE", 5
    )


def test_a_number_may_be_nought_where_that_means_something(monkeypatch):
    assert env.number("NEWCOMER_LINKS", 2, least=0) == 2
    for value in ("0", "1000"):
        monkeypatch.setenv("NEWCOMER_LINKS", value)
        assert env.number("NEWCOMER_LINKS", 2, least=0) == int(value)


def test_hosts_are_a_list_with_commas(monkeypatch):
    monkeypatch.setenv("ALLOWED_HOSTS", "a.org, ,b.org,")
    assert env.text_list("ALLOWED_HOSTS", ["localhost"]) == ["a.org", "b.org"]
    monkeypatch.setenv("ALLOWED_HOSTS", " , ")
    assert env.text_list("ALLOWED_HOSTS", ["localhost"]) == ["localhost"]


@pytest.mark.parametrize(
    "url", ["https://example.org", "http://127.0.0.1:8000", "http://localhost", "http://[::1]:9"]
)
def test_a_site_address_is_taken_without_its_last_slash(monkeypatch, url):
    monkeypatch.setenv("SITE_URL", f"{url}/")
    assert env.site_url("http://127.0.0.1:8000") == url


@pytest.mark.parametrize(
    "url",
    [
        *("example.org", "ftp://example.org", "https://", "https://example.org/path", "https:"),
        *("http://[::1", "https://example.org?a=1", "https://example.org#a"),
        *("https://example.org:port", "https://user:pw@example.org"),
    ],
)
def test_a_site_address_that_is_none_is_refused_with_an_example(error_message, url):
    assert "must look like https://example.org" in error_message("SITE_URL", url, env.site_url, "")


def test_plain_http_is_for_this_machine_only(error_message):
    assert "make it https" in error_message("SITE_URL", "http://example.org", env.site_url, "")


def test_the_secret_key_of_the_environment_comes_first(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_KEY", "from the environment")
    assert env.secret_key(tmp_path) == "from the environment"
    assert list(tmp_path.iterdir()) == []


def test_a_secret_key_is_made_once_and_for_this_user_alone(tmp_path):
    folder = tmp_path / "not" / "there"
    key = env.secret_key(folder)
    (path,) = folder.iterdir()
    assert len(key) >= 50
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert env.secret_key(folder) == key


def test_the_key_of_a_process_that_was_first_stands(monkeypatch, tmp_path):
    def another_was_first(scratch, path):
        path.write_text("k" * 40)
        raise FileExistsError

    monkeypatch.setattr(os, "link", another_was_first)
    assert env.secret_key(tmp_path) == "k" * 40
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_a_secret_key_is_read_from_its_file(monkeypatch, tmp_path):
    path = tmp_path / "key"
    path.write_text("s" * 40 + "\n")
    monkeypatch.setenv("SECRET_KEY_FILE", str(path))
    assert env.secret_key(tmp_path / "other") == "s" * 40


def test_former_keys_come_from_the_environment_or_a_file(monkeypatch, tmp_path):
    first, second = "a" * 40, "b" * 40
    assert keys.former_keys() == []
    monkeypatch.setenv("SECRET_KEY_FALLBACKS", f" {first} {second} ")
    assert keys.former_keys() == [first, second]
    monkeypatch.delenv("SECRET_KEY_FALLBACKS")
    (tmp_path / "old").write_text(f"{second}\n{first}\n")
    monkeypatch.setenv("SECRET_KEY_FALLBACKS_FILE", str(tmp_path / "old"))
    assert keys.former_keys() == [second, first]


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY_FALLBACKS", "too short", "must be whole secret keys"),
        ("SECRET_KEY_FALLBACKS_FILE", "/nowhere/old", "cannot be read"),
    ],
)
def test_former_keys_that_are_none_are_named(error_message, name, value, sentence):
    assert sentence in error_message(name, value, keys.former_keys)


def test_a_missing_key_file_is_not_made_up(error_message, tmp_path):
    path = tmp_path / "nowhere"
    sentence = error_message("SECRET_KEY_FILE", str(path), env.secret_key, tmp_path)
    assert sentence.startswith("SECRET_KEY_FILE cannot be read")
    assert str(path) in sentence


def test_a_short_key_is_refused_without_showing_it(error_message, tmp_path):
    path = tmp_path / "key"
    path.write_text("hunter2")
    sentence = error_message("SECRET_KEY_FILE", str(path), env.secret_key, tmp_path)
    assert "fewer than 32" in sentence
    assert "hunter2" not in sentence


def test_sqlite_is_the_default_and_queues_its_writers(tmp_path):
    database = env.database(f"sqlite:///{tmp_path}/new/db.sqlite3")
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert database["OPTIONS"]["timeout"] == 20
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]
    assert "secure_delete=ON" in database["OPTIONS"]["init_command"]
    assert (tmp_path / "new").is_dir()


@pytest.mark.parametrize(("limits", "durability"), [("requests", "FULL"), ("commands", "NORMAL")])
def test_what_a_web_server_acknowledges_on_sqlite_is_on_the_disk(
    monkeypatch, tmp_path, limits, durability
):
    monkeypatch.setenv("TIME_LIMITS", limits)
    options = env.database(f"sqlite:///{tmp_path}/db.sqlite3")["OPTIONS"]
    assert f"synchronous={durability};" in options["init_command"]


def test_postgres_is_named_by_its_address(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://me:secret@db.example:5433/site")
    database = env.database("sqlite:///x")
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"]) == ("db.example", 5433, "site")
    assert database["CONN_HEALTH_CHECKS"] is True


def test_a_socket_and_port_after_the_question_mark_are_settings(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres:///site?host=/run/postgresql&port=5433")
    database = env.database("sqlite:///x")
    assert (database["HOST"], database["PORT"]) == ("/run/postgresql", 5433)
    assert not {"host", "port"} & database["OPTIONS"].keys()


@pytest.mark.parametrize(("limits", "lock"), [("requests", 5), ("", 20)])
def test_a_web_server_waits_for_a_lock_for_a_shorter_time_than_a_command(
    monkeypatch, tmp_path, limits, lock
):
    monkeypatch.setenv("TIME_LIMITS", limits)
    assert env.database(f"sqlite:///{tmp_path}/db.sqlite3")["OPTIONS"]["timeout"] == lock
    monkeypatch.setenv("DATABASE_URL", "postgres://me:secret@db.example/site?options=-c jit=off")
    options = env.database("sqlite:///x")["OPTIONS"]
    assert f"-c lock_timeout={lock}s -c statement_timeout=" in options["options"]
    assert options["options"].endswith("-c jit=off")
    assert options["connect_timeout"] == 5


@pytest.mark.filterwarnings("ignore:Engine not recognized")
@pytest.mark.parametrize(
    "url", ["mysql://me:hunter2@host/name", "nonsense", "postgres://me:hunter2@h:99999x/name"]
)
def test_another_database_is_refused_without_its_password(error_message, url):
    sentence = error_message("DATABASE_URL", url, env.database, "sqlite:///x")
    assert "postgres://user:password@host:5432/name" in sentence
    assert "hunter2" not in sentence


def test_the_cache_is_this_process_s_memory_or_redis(monkeypatch):
    assert env.cache()["BACKEND"].endswith("LocMemCache")
    monkeypatch.setenv("CACHE_URL", "redis://cache:6379/1")
    assert env.cache()["LOCATION"] == "redis://cache:6379/1"
    assert env.cache()["OPTIONS"] == {"socket_connect_timeout": 0.5, "socket_timeout": 0.5}


def test_another_cache_is_refused_with_an_example(error_message):
    assert "redis://host:6379/0" in error_message("CACHE_URL", "nonsense", env.cache)
    assert "hunter2" not in error_message("CACHE_URL", "rediz://:hunter2@host", env.cache)


def test_without_an_address_mails_are_files(tmp_path):
    settings = env.email(tmp_path / "mail")
    assert settings["EMAIL_BACKEND"] == "remedies_site.mail.LoggedFileBackend"
    assert settings["EMAIL_FILE_PATH"].is_dir()


def test_a_mail_server_is_named_by_its_address(monkeypatch, tmp_path):
    monkeypatch.setenv("EMAIL_URL", "smtp+tls://me:secret@mail.example:587")
    settings = env.email(tmp_path / "mail")
    assert (settings["EMAIL_HOST"], settings["EMAIL_PORT"]) == ("mail.example", 587)
    assert settings["EMAIL_USE_TLS"] is True
    assert not (tmp_path / "mail").exists()


def test_another_mail_address_is_refused_without_its_password(error_message, tmp_path):
    sentence = error_message("EMAIL_URL", "post://me:hunter2@mail", env.email, tmp_path)
    assert "smtp+tls://user:password@host:587" in sentence
    assert "hunter2" not in sentence


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("", "en"),
        ("de", "de"),
        ("en_GB:en", "en-gb"),
        ("de_CH:de:en", "de"),
        ("pt_BR.UTF-8", "pt-br"),
        ("C", "en"),
        ("C.UTF-8", "en"),
        ("POSIX", "en"),
        (":", "en"),
    ],
)
def test_a_desktop_s_list_of_languages_gives_its_first(monkeypatch, value, code):
    monkeypatch.setenv("LANGUAGE", value)
    assert env.language(CODES, "en", {"en", "de", "pt"}) == code


@pytest.mark.parametrize("value", ["de_DE:de", "zh_CN:zh", "tlh_KX", "fr_FR.UTF-8"])
def test_a_desktop_s_language_without_our_texts_is_not_the_operator_s_word(monkeypatch, value):
    monkeypatch.setenv("LANGUAGE", value)
    assert env.language(CODES, "en", {"en"}) == "en"


def test_an_unknown_language_is_refused_with_an_example(error_message):
    assert error_message("LANGUAGE", "tlh-kx", env.language, CODES, "en") == (
        "LANGUAGE must be a language code such as en or de; it is 'tlh-kx'."
    )


@pytest.mark.parametrize("name", ["CEST", "Berlin", "europe/berlin", "../etc/passwd", "+02:00"])
def test_a_time_zone_that_is_none_is_answered_with_an_example(error_message, name):
    message = error_message("TIME_ZONE", name, env.time_zone, "UTC")
    assert message == f"TIME_ZONE must be a name such as Europe/Berlin or UTC; it is {name!r}."


@pytest.mark.parametrize("name", ["Europe/Berlin", "UTC", "America/Argentina/Ushuaia"])
def test_a_time_zone_is_taken_by_its_name(monkeypatch, name):
    monkeypatch.setenv("TIME_ZONE", name)
    assert env.time_zone("UTC") == name


def test_the_site_does_not_start_with_a_wrong_time_zone(tmp_path):
    environment = os.environ | {"TIME_ZONE": "CEST", "VAR_DIR": str(tmp_path)}
    started = subprocess.run(
        [sys.executable, "manage.py", "check"], env=environment, capture_output=True, text=True
    )
    assert started.returncode
    assert "TIME_ZONE must be a name such as Europe/Berlin or UTC" in started.stderr


def test_proxies_are_addresses_and_networks(monkeypatch):
    assert env.trusted_proxies() == []
    monkeypatch.setenv("TRUSTED_PROXIES", "127.0.0.1, 10.1.2.0/24,2001:db8::/64, ::1")
    assert [str(network) for network in env.trusted_proxies()] == [
        *("127.0.0.1/32", "10.1.2.0/24", "2001:db8::/64", "::1/128"),
    ]


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        ("localhost", "such as 127.0.0.1, 10.1.2.0/24"),
        ("*", "such as 127.0.0.1, 10.1.2.0/24"),
        ("127.0.0.1 10.0.0.1", "such as 127.0.0.1, 10.1.2.0/24"),
        ("127.0.0.1:80", "such as 127.0.0.1, 10.1.2.0/24"),
        ("10.0.0.0/33", "such as 127.0.0.1, 10.1.2.0/24"),
        ("::ffff:10.0.0.1", "such as 127.0.0.1, 10.1.2.0/24"),
        ("127.0.0.1, 0.0.0.0/0", "would believe every client with '0.0.0.0/0'"),
        ("::/0", "would believe every client"),
        ("10.0.0.7/8", "the network is 10.0.0.0/8, the one address 10.0.0.7"),
    ],
)
def test_proxies_that_are_no_addresses_are_refused_with_advice(error_message, value, advice):
    message = error_message("TRUSTED_PROXIES", value, env.trusted_proxies)
    assert message.startswith("TRUSTED_PROXIES")
    assert advice in message


@pytest.mark.parametrize(
    ("variables", "value"),
    [
        ({"SITE_URL": "https://example.org"}, "True"),
        ({"SITE_URL": "https://example.org", "STAFF_MFA": "off"}, "False"),
        ({"SITE_URL": "http://127.0.0.1:8000"}, "False"),
        ({"SITE_URL": "http://127.0.0.1:8000", "STAFF_MFA": "on"}, "True"),
    ],
)
def test_staff_need_a_second_factor_where_the_site_is_on_https(tmp_path, variables, value):
    environment = os.environ | {"VAR_DIR": str(tmp_path)} | variables
    code = "from remedies_site.settings import base; print(base.STAFF_MFA)"
    started = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert started.stdout.strip() == value


@pytest.mark.parametrize(
    ("url", "offered"),
    [("https://example.org", "True"), ("https://192.0.2.1", "False"), ("https://[::1]", "False")],
)
def test_passkeys_are_offered_where_the_site_has_a_name(tmp_path, url, offered):
    environment = os.environ | {"VAR_DIR": str(tmp_path), "SITE_URL": url}
    code = "from remedies_site.settings import base; print('webauthn' in base.MFA_SUPPORTED_TYPES)"
    started = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert started.stdout.strip() == offered
