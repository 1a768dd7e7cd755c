"""The Celery app. Settings carry the prefix CELERY_; tasks stand in each room's tasks.py."""

import os
import warnings

from celery import Celery
from celery.platforms import SecurityWarning

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trainer.settings")

# It warns root of pickled messages; ours are JSON.
warnings.filterwarnings("ignore", category=SecurityWarning)

app = Celery("trainer")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
