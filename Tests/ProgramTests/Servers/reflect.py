"""Tells in each result what came, secrets and all: python3 reflect.py PORT, or without one on stdin."""
import json
import os
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


def reply(text, seen):
    call = json.loads(text)
    if "id" not in call:
        return b""
    result = {"params": call.get("params"), "seen": seen, "token": "result-5ecret-1f9c"}
    if call["method"] == "fail":
        error = {"code": 1, "message": "refused: " + json.dumps(seen), "data": result}
        return json.dumps({"jsonrpc": "2.0", "error": error, "id": call["id"]}).encode()
    return json.dumps({"jsonrpc": "2.0", "result": result, "id": call["id"]}).encode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        text = self.rfile.read(int(self.headers["Content-Length"]))
        body = reply(text, {"path": self.path, "headers": dict(self.headers)})
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Set-Cookie", "sid=set-cookie-5ecret-77; HttpOnly")
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *words):
        pass


if len(sys.argv) > 1 and sys.argv[1].isdigit():
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
for line in sys.stdin:
    seen = {"arguments": sys.argv[1:], "environment": [os.environ.get("MY_API_TOKEN")]}
    print("debug: " + json.dumps(seen) + " in " + line.strip(), file=sys.stderr, flush=True)
    body = reply(line, seen)
    if body:
        print(body.decode(), flush=True)
