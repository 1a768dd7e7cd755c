#!/usr/bin/env python3
"""Django's command line for the trainer: `manage.py help` lists the commands.

Where the environment names no servers, the embedded ones run as long as the command does.
"""

import contextlib
import os
import signal
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

from trainer.runtime import environment
from trainer.runtime.errors import ServersError

NEEDS_NO_SERVERS = {
    *("help", "version", "check", "check_content", "collectstatic", "findstatic", "diffsettings"),
}


def needs_servers(arguments: list[str]) -> bool:
    """Whether the command line names a command that talks to Postgres or Redis."""
    if not arguments or {"-h", "--help", "--version"} & set(arguments):
        return False
    return arguments[0] not in NEEDS_NO_SERVERS


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trainer.settings")
    try:
        environment.provide_secret_key(os.environ)
        needed = needs_servers(sys.argv[1:])
        if not needed:  # only prints, perhaps for `| head`, which stops reading
            signal.signal(signal.SIGPIPE, signal.SIG_DFL)
        with environment.servers(os.environ) if needed else contextlib.nullcontext():
            execute_from_command_line(sys.argv)
    except (ServersError, ImproperlyConfigured) as error:
        sys.exit(f"manage.py: {error}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
