"""One measurement by the reference's own epoll client, and one by wrk, of requests with headers of their own: a JSON line.

Arguments: the reference's folder, a file of JSON {port, connections, seconds, path, headers: [{name: value}, …]}.
"""

import json
import os
import shutil
import subprocess
import sys

sys.path.insert(0, sys.argv[1])
import common as C  # noqa: E402

with open(sys.argv[2], encoding="utf-8") as file:
    wanted = json.load(file)

LUA = """
local requests, i = {}, 0
local from = 1
local text = io.open(os.getenv("WRK_REQUESTS")):read("*a")
while true do
  local at = text:find("\\0", from, true)
  if not at then break end
  requests[#requests + 1] = text:sub(from, at - 1)
  from = at + 1
end
request = function()
  i = i % #requests + 1
  return requests[i]
end
done = function(s)
  io.write(string.format('@@[%d,%.6f,%d]\\n', s.requests, s.duration / 1e6,
    s.errors.status + s.errors.connect + s.errors.read + s.errors.write + s.errors.timeout))
end
"""


def head(headers):
    return "".join(f"\r\n{name}: {value}" for name, value in headers.items())


def wrk():
    if not shutil.which("wrk"):
        return None
    folder, port = C.var_dir("tmp"), wanted["port"]
    script, requests = (os.path.join(folder, f"{os.getpid()}.{end}") for end in ("lua", "requests"))
    with open(script, "w", encoding="utf-8") as file:
        file.write(LUA)
    with open(requests, "w", encoding="utf-8", newline="") as file:
        for headers in wanted["headers"]:
            file.write(f"GET {wanted['path']} HTTP/1.1\r\nHost: 127.0.0.1:{port}{head(headers)}\r\n\r\n\0")
    seconds = max(2, wanted["seconds"] // 2)
    command = ["wrk", "-t1", f"-c{wanted['connections']}", f"-d{seconds}s", "-s", script, f"http://127.0.0.1:{port}"]
    printed = subprocess.run(
        command, env={**os.environ, "WRK_REQUESTS": requests}, stdout=subprocess.PIPE, text=True, check=True
    ).stdout
    for made in (script, requests):
        os.unlink(made)
    count, took, bad = json.loads(next(line[2:] for line in printed.splitlines() if line.startswith("@@")))
    return None if bad else round(count / took, 1)


# The client writes " HTTP/1.1" and the host behind each path: the last header takes the former up.
paths = [f"{wanted['path']} HTTP/1.1{head(headers)}\r\nX-End: " for headers in wanted["headers"]]
C.http_load(paths, 4, total=2 * len(paths), port=wanted["port"])
load = C.http_load(paths, wanted["connections"], wanted["seconds"], port=wanted["port"])
print(json.dumps({**load, "rps_wrk": wrk()}))
