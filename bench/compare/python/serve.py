"""One of the reference's servers, under its gunicorn, until the standard input ends. Arguments: the reference's folder, the
server's name, the scale, and for the search the folder of its data. Prints {"port", "pids"} when all workers answer; ports come by
REF_HTTP_PORT and REF_REDIS_PORT."""

import json
import os
import sys

FOLDER, NAME, SCALE, *DATA = sys.argv[1:]
sys.path.insert(0, FOLDER)
import common as C  # noqa: E402


def search():
    data = DATA[0]
    index = os.path.join(C.var_dir(os.path.basename(os.path.normpath(data))), "whoosh")
    return "apps.search_app:app", dict(SEARCH_PRODUCTS=os.path.join(data, "products.jsonl"), SEARCH_INDEX=index)


def dashboard():
    import dash_django as D

    var = C.var_dir(SCALE)
    C.redis()
    D.update_user_stats_cache(D.setup(var))
    return "apps.dash_app:app", dict(DASH_VAR=var)


def feed():
    C.redis()
    return "apps.feed_app:app", dict(FEED_VAR=C.var_dir(SCALE), FEED_DB="sqlite")


app, env = {"search": search, "dashboard": dashboard, "feed": feed}[NAME]()
with C.gunicorn(app, env):
    print(json.dumps({"port": C.HTTP_PORT, "pids": C._servers}), flush=True)
    sys.stdin.read()
