"""The reference's own first pages, as JSON lines: {user, posts: [[id, likes, comments], …]}. Arguments: its folder, its scale."""

import json
import random
import sys

sys.path.insert(0, sys.argv[1])
import common as C  # noqa: E402
import feed_core as F  # noqa: E402
from sqlalchemy.orm import Session  # noqa: E402

# As feed.py draws them: the users of each of its variants, in its order.
USERS = 20_000
users = random.Random(42).sample(range(1, USERS + 1), 500)[:200]
engine = F.engine(C.var_dir(sys.argv[2]), "indexed")
with Session(engine) as session:
    for user in users:
        posts = F.after_tuned(session, user)["posts"]
        rows = [[post["id"], len(post["likes"]), len(post["comments"])] for post in posts]
        print(json.dumps({"user": user, "posts": rows}))
