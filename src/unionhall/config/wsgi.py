"""The application for a WSGI server; `hall serve` runs it under gunicorn."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "unionhall.config.settings")
application = get_wsgi_application()
