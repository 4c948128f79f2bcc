"""Which of the packages of the reference's servers are here, with their versions: a JSON line."""

import importlib
import json

NAMES = {"whoosh": "search", "django": "dashboard", "flask": "feed", "sqlalchemy": "feed", "redis": "feed", "PIL": "images"}


def version(name):
    try:
        found = getattr(importlib.import_module(name), "__version__", "unknown")
        return ".".join(map(str, found)) if isinstance(found, tuple) else str(found)
    except ImportError:
        return None


print(json.dumps({name: version(name) for name in NAMES}))
