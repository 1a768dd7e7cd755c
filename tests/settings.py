"""The settings of tests: on servers of their own, unless the environment names some.

The addresses of the embedded servers are known before they run; the fixture `servers` starts them
when the first test needs them. One set serves a whole run; each xdist worker has its own Redis
database.
"""

import os
import tempfile

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")
if not WORKER:  # the process that starts the workers; they find its choice in the environment
    os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="trainer-tests-")

from pathlib import Path  # noqa: E402

from trainer.runtime.lease import addresses  # noqa: E402

EMBEDDED = addresses(Path(os.environ["DATA_DIR"]))
_number = int(WORKER.removeprefix("gw") or -1) + 1
_databases = {"BROKER_URL": f"?virtual_host={_number}", "REDIS_URL": f"?db={_number}"}
for _name, _url in EMBEDDED.items():
    if os.environ.get(_name, _url).startswith(_url):  # unnamed, or named by the starting process
        os.environ[_name] = _url + _databases.get(_name, "")
os.environ.setdefault("SECRET_KEY", "a-key-of-tests-which-serves-nobody-0123456789-0123456789")
# Playwright's synchronous interface has an event loop in our thread, which Django would refuse.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from trainer.settings import *  # noqa: E402, F403
from trainer.settings import STORAGES  # noqa: E402

GRADER_MODEL = ""  # a test that wants a language model brings its own server
GRADING_SET = os.environ.get("GRADING_SET", "")
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
WHITENOISE_AUTOREFRESH = True  # straight from .build/static, without collecting
WHITENOISE_USE_FINDERS = True
