import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careerforge.settings")
application = get_wsgi_application()

from careerforge.gateway.providers import loading  # noqa: E402

loading.load(os.environ)

# What was loaded stays for good: the collector need not look at it again, nor so often at what a page makes.
gc.collect()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
