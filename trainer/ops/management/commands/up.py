import contextlib
import fcntl
import io
import os
import signal
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from typing import Any, cast

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError
from django.db import OperationalError, connection
from django.db.backends.postgresql.base import DatabaseWrapper

from trainer.ops import seeding, services
from trainer.ops.afterwards import Afterwards
from trainer.ops.chain import Chain, InTurn, Progress
from trainer.ops.sandboxes import Sandboxes
from trainer.runtime import environment
from trainer.runtime.claim import claim
from trainer.runtime.lease import Lease, take
from trainer.runtime.supervise import Child, stop_all

MIGRATION_LOCK = 7_303_014  # any number that nobody else locks: two starts migrate in turn
ANSWER_TIMEOUT_S = 60.0


class Command(BaseCommand):
    help = "Runs the whole site: migrations, worker, beat and web server, until Ctrl-C."
    requires_system_checks = []  # they cost a second; `make test` runs them

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default=settings.HOST, help="default: HOST or 127.0.0.1")
        parser.add_argument("--port", default=settings.PORT, type=int, help="default: PORT or 8000")

    def handle(self, *args: Any, host: str, port: int, **options: Any) -> None:
        for number in (signal.SIGINT, signal.SIGTERM):  # also where the shell ignores SIGINT
            signal.signal(number, signal.default_int_handler)
        with contextlib.suppress(KeyboardInterrupt):
            self.run_site(host, port)

    def run_site(self, host: str, port: int) -> None:
        try:
            listening = services.claim_port(host, port)
        except OSError as error:
            raise CommandError(
                f"Port {port} on {host} cannot be used ({error.strerror}): stop what uses it, "
                f"or choose another, for example: make run PORT={port + 1}"
            ) from error
        except OverflowError as error:
            raise CommandError(f"There is no port {port}: choose one up to 65535.") from error
        with listening, claim(settings.DATA_DIR), self.own_lease() as lease:
            self.prepare()
            children = services.processes(listening)
            world = self.world(host, port)
            sandboxes = Sandboxes(self.stderr.write)
            try:
                children["web"].start()  # alone first: it answers sooner
                self.await_answer(host, port, children["web"])
                children["worker"].start()
                children["beat"].start()
                self.say(f"The trainer is ready: {settings.SITE_URL}")
                duties = [*self.duties(lease, world), self.labs(children, sandboxes).tick]
                duties += [sandboxes.tick]
                services.keep_running(
                    children, self.stderr.write, lambda: [duty() for duty in duties]
                )
            finally:
                for number in (signal.SIGINT, signal.SIGTERM):
                    signal.signal(number, signal.SIG_IGN)  # stopping is bounded; no half stops
                stop_all([*children.values(), *sandboxes.children, *world.children])

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def world(self, host: str, port: int) -> InTurn:
        """Makes what the mini Twitter lacks."""

        def ask() -> Mapping[str, Progress] | None:
            return seeding.ask(host, port)

        return InTurn([Chain(links, ask, self.say) for links in seeding.chains()])

    def duties(self, lease: Lease | None, world: InTurn) -> list[Callable[[], object]]:
        """What is done between two looks at the processes."""
        found: list[Callable[[], object]] = [lease.renew_if_lost] if lease else []
        return found + ([world.tick] if settings.WORLD_ACCOUNTS else [])

    def labs(self, children: dict[str, Child], sandboxes: Sandboxes) -> Afterwards:
        """Starts what the labs need, when the site is ready."""

        def start() -> None:
            children["labs"].start()
            sandboxes.start(settings.SANDBOXES)

        return Afterwards(children["worker"], start)

    @contextlib.contextmanager
    def own_lease(self) -> Iterator[Lease | None]:
        """A second lease on the embedded servers, one that can be renewed (None without any)."""
        names = environment.embedded(os.environ)
        if not names:
            yield None
            return
        with contextlib.closing(take(settings.DATA_DIR, names)) as lease:
            yield lease

    def prepare(self) -> None:
        """Everything that must be right before the first request."""
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_lock(%s)", [MIGRATION_LOCK])
                call_command("migrate", verbosity=0, interactive=False)
                cursor.execute("SELECT pg_advisory_unlock(%s)", [MIGRATION_LOCK])
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {error}") from error
        finally:
            connection.close()
            cast(DatabaseWrapper, connection).close_pool()
        if "check_content" in get_commands():
            call_command("check_content", stdout=io.StringIO())  # its errors matter, not its counts
        self.collect_static()

    def collect_static(self) -> None:
        """Collect when the bundles or the installed packages changed since the last time. Two sites
        that start at once in one checkout do it in turn."""
        stamp = settings.STATIC_ROOT.with_suffix(".stamp")
        wanted = services.stamp_of(
            settings.BUILD_DIR / "static.stamp", settings.BASE_DIR / "requirements.txt"
        )
        with settings.STATIC_ROOT.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not stamp.exists() or stamp.read_text() != wanted:
                call_command("collectstatic", verbosity=0, interactive=False, clear=True)
                stamp.write_text(wanted)

    def await_answer(self, host: str, port: int, web: Child) -> None:
        deadline = time.monotonic() + ANSWER_TIMEOUT_S
        while not services.answers(host, port):
            if web.revive() is not None and web.failures > 2:
                raise CommandError("The web server does not start: see what it said above.")
            if time.monotonic() > deadline:
                raise CommandError("The web server does not answer: see what it said above.")
            time.sleep(0.05)
