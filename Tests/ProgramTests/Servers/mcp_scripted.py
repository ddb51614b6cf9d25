"""An MCP server of both eras over both transports, for the tests; without dependencies.

    mcp_scripted.py handshake|stateless stdio
    mcp_scripted.py handshake|stateless http PORT     POST /mcp

`log` in the working folder gets what a test wants to know of the other side, a line each.
"""

import json
import queue
import socket
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

era, transport = sys.argv[1], sys.argv[2]
stateless = era == "stateless"
META = "io.modelcontextprotocol/"
lock = threading.Lock()


def note(*words):
    with lock, open("log", "a") as log:
        print(*words, file=log, flush=True)


# What it offers.

FORM = {
    "type": "object",
    "required": ["name", "size"],
    "properties": {
        "name": {"type": "string", "title": "Your name", "minLength": 2},
        "size": {"type": "integer", "minimum": 1, "maximum": 9, "default": 3},
        "colour": {"type": "string", "enum": ["r", "g"], "enumNames": ["Red", "Green"]},
        "gift": {"type": "boolean"},
        "days": {"type": "array", "items": {"type": "string", "enum": ["mo", "tu", "we"]}},
    },
}


def tool(name, doc, properties=None, required=()):
    schema = {"type": "object", "properties": properties or {}, "required": list(required)}
    return {"name": name, "description": doc, "inputSchema": schema}


tools = [
    tool("echo", "Says it again.", {"text": {"type": "string"}}, ["text"]),
    tool(
        "paint",
        "Paints.",
        {"colour": {"type": "string", "enum": ["red", "green", "blue"], "x-mcp-header": "Colour"}},
        ["colour"],
    ),
    tool("count", "Counts, and tells of each step.", {"to": {"type": "integer"}}, ["to"]),
    tool("order", "Asks for an order."),
    tool("visit", "Asks to open a page."),
    tool("think", "Asks for a model's answer."),
    tool("look", "Asks for the roots."),
    tool("chat", "Logs a line."),
    tool("sleep", "Takes until it is cancelled."),
    tool("grow", "Adds a tool."),
    tool("forget", "Forgets the session."),
    tool("drop", "Closes its stream before the reply."),
    tool("again", "Wants input for ever."),
]
prompts = [
    {
        "name": "review",
        "description": "Reviews code.",
        "arguments": [
            {"name": "language", "description": "which language", "required": True},
            {"name": "style"},
        ],
    }
]
resources = [{"uri": "config://app", "name": "config"}, {"uri": "file:///readme", "name": "readme"}]
templates = [{"uriTemplate": "users://{id}/profile{?lang}", "name": "profile", "description": "A user."}]


class Failure(Exception):
    def __init__(self, code, message, data=None):
        self.error = {"code": code, "message": message}
        if data is not None:
            self.error["data"] = data


def page(items, name, params):
    """Two of them at a time; the cursor `loop` would never end."""
    start = int(params.get("cursor", "0"))
    result = {name: items[start : start + 2]}
    if start + 2 < len(items):
        result["nextCursor"] = str(start + 2)
    return result


def text(words):
    return {"content": [{"type": "text", "text": words}]}


class Call:
    """One call that is being answered: `say` sends a message to whoever made it."""

    def __init__(self, connection, message, say, close=None):
        self.connection, self.say, self.close = connection, say, close
        self.id = message["id"]
        self.params = message.get("params") or {}
        self.meta = self.params.get("_meta") or {}

    def notify(self, method, params):
        self.say({"jsonrpc": "2.0", "method": method, "params": params})

    def ask(self, key, method, params):
        """A request to the client; in the stateless era by way of the result."""
        if stateless:
            responses = self.params.get("inputResponses") or {}
            if key in responses:
                note("state", self.params.get("requestState"))
                return responses[key]
            raise InputRequired({key: {"method": method, "params": params}})
        return self.connection.ask(self.say, method, params)


class InputRequired(Exception):
    def __init__(self, requests):
        self.result = {"resultType": "input_required", "inputRequests": requests, "requestState": "s-1"}


class Connection:
    """What belongs to one session: questions that wait for answers, and calls that may be cancelled."""

    def __init__(self):
        self.answers, self.cancelled, self.next = {}, {}, 0
        self.events = queue.Queue()

    def ask(self, say, method, params):
        self.next += 1
        # The ids are like the client's own.
        number = self.next
        self.answers[number] = queue.Queue()
        say({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        answer = self.answers[number].get(timeout=60)
        note("answer", method, json.dumps(answer.get("result", answer.get("error")), sort_keys=True))
        if "error" in answer:
            raise Failure(-32000, "the client refused: " + answer["error"]["message"])
        return answer["result"]

    def take(self, message):
        """An answer or a notification of the client's."""
        if "method" not in message:
            if message.get("id") in self.answers:
                self.answers[message["id"]].put(message)
        elif message["method"] == "notifications/cancelled":
            note("cancelled", message["params"]["requestId"])
            self.cancelled.setdefault(message["params"]["requestId"], threading.Event()).set()
        elif message["method"] == "notifications/roots/list_changed":
            note("roots changed")


def run(name, arguments, call):
    if name == "echo":
        return text(arguments["text"])
    if name == "paint":
        return text("painted " + arguments["colour"])
    if name == "count":
        for step in range(1, arguments["to"] + 1):
            token = call.meta.get("progressToken")
            call.notify(
                "notifications/progress",
                {"progressToken": token, "progress": step, "total": arguments["to"], "message": f"step {step}"},
            )
            time.sleep(0.02)
        return text(f"counted to {arguments['to']}")
    if name == "order":
        answer = call.ask(
            "order", "elicitation/create", {"message": "What may it be?\nSecond line", "requestedSchema": FORM}
        )
        return text("ordered " + json.dumps(answer, sort_keys=True))
    if name == "visit":
        params = {"mode": "url", "message": "Please sign in", "url": "https://example.org/\u202egrant", "elicitationId": "e"}
        return text("visited " + json.dumps(call.ask("visit", "elicitation/create", params), sort_keys=True))
    if name == "think":
        params = {
            "systemPrompt": "Be brief.",
            "messages": [{"role": "user", "content": {"type": "text", "text": "Why?"}}],
            "maxTokens": 100,
        }
        answer = call.ask("think", "sampling/createMessage", params)
        return text("thought " + answer["content"]["text"])
    if name == "look":
        roots = call.ask("look", "roots/list", {})["roots"]
        return text("roots " + " ".join(root["uri"] for root in roots))
    if name == "chat":
        call.notify("notifications/message", {"level": "info", "logger": "chat", "data": "hello there"})
        return text("logged")
    if name == "sleep":
        event = call.connection.cancelled.setdefault(call.id, threading.Event())
        note("sleeps", call.id)
        for _ in range(600):
            if event.wait(0.1):
                break
            if stateless and transport == "http":
                # Closing the stream is how a call is cancelled.
                call.notify("notifications/message", {"level": "debug", "data": "still asleep"})
        note("woke", call.id)
        return None
    if name == "grow":
        tools.append(tool("grown", "Was not there before."))
        change = {"jsonrpc": "2.0", "method": "notifications/tools/list_changed", "params": {}}
        if transport == "stdio":
            call.say(change)
        for listener in list(listeners):
            listener.put(change)
        return text("grew")
    if name == "forget":
        sessions.clear()
        return text("forgotten")
    if name == "drop":
        call.close()
        return text("picked up")
    if name == "again":
        raise InputRequired({"r": {"method": "roots/list", "params": {}}})
    raise Failure(-32602, "Unknown tool: " + name)


def complete(params):
    argument, known = params["argument"], params.get("context", {}).get("arguments", {})
    values = {"language": ["swift", "sql", "c"], "style": ["short", "long"], "id": ["ada", "alan", "bob"]}
    note("complete", json.dumps(params["ref"], sort_keys=True), argument["name"], argument["value"], json.dumps(known))
    found = [v for v in values.get(argument["name"], []) if v.startswith(argument["value"])]
    return {"completion": {"values": found, "hasMore": False}}


CAPABILITIES = {
    "tools": {"listChanged": True},
    "prompts": {"listChanged": True},
    "resources": {},
    "completions": {},
    "logging": {},
}


def answer(method, call):
    params = call.params
    if stateless and method != "server/discover" and META + "protocolVersion" not in call.meta:
        raise Failure(-32602, "no version in _meta")
    if method == "server/discover":
        if not stateless:
            raise Failure(-32601, "Method not found")
        return {
            "supportedVersions": ["2026-07-28"],
            "capabilities": CAPABILITIES,
            "_meta": {META + "serverInfo": {"name": "scripted", "version": "1"}},
        }
    if method == "initialize" and not stateless:
        note("capabilities", json.dumps(params["capabilities"], sort_keys=True))
        return {
            "protocolVersion": "2025-11-25",
            "capabilities": CAPABILITIES,
            "serverInfo": {"name": "scripted", "version": "1"},
        }
    if method == "tools/list":
        return page(tools, "tools", params)
    if method == "prompts/list":
        return page(prompts, "prompts", params)
    if method == "resources/list":
        # A cursor that leads back to itself.
        return {"resources": resources, "nextCursor": "same"}
    if method == "resources/templates/list":
        return page(templates, "resourceTemplates", params)
    if method == "tools/call":
        return run(params["name"], params.get("arguments") or {}, call)
    if method == "prompts/get":
        said = "review " + json.dumps(params.get("arguments"), sort_keys=True)
        return {"messages": [{"role": "user", "content": {"type": "text", "text": said}}]}
    if method == "resources/read":
        return {"contents": [{"uri": params["uri"], "text": "read " + params["uri"]}]}
    if method == "completion/complete":
        return complete(params)
    if method == "logging/setLevel":
        note("level", params["level"])
        return {}
    if method == "ping" and not stateless:
        return {}
    raise Failure(-32601, "Method not found", method)


def reply(method, call):
    try:
        result = answer(method, call)
        if result is None:
            return None
        if stateless:
            result.setdefault("resultType", "complete")
        return {"jsonrpc": "2.0", "id": call.id, "result": result}
    except InputRequired as wanted:
        return {"jsonrpc": "2.0", "id": call.id, "result": wanted.result}
    except Failure as failure:
        return {"jsonrpc": "2.0", "id": call.id, "error": failure.error}


listeners = []


def subscribe(call):
    """The stream of `subscriptions/listen`; it ends with the server."""
    events = queue.Queue()
    listeners.append(events)
    note("listens", json.dumps(call.params["notifications"], sort_keys=True))
    call.notify("notifications/subscriptions/acknowledged", {"notifications": call.params["notifications"]})
    while True:
        call.say(events.get())


def serve(message, connection, say, close=None):
    call = Call(connection, message, say, close)
    if stateless and message["method"] == "subscriptions/listen":
        return subscribe(call)
    made = reply(message["method"], call)
    if made:
        say(made)


# Standard streams.


def stdio():
    connection = Connection()

    def say(message):
        with lock:
            print(json.dumps(message), flush=True)

    for line in sys.stdin:
        message = json.loads(line)
        if "method" in message and "id" in message:
            threading.Thread(target=serve, args=(message, connection, say), daemon=True).start()
        else:
            connection.take(message)


# Streamable HTTP.

sessions = {}
# Replies that wait to be fetched behind an event's id.
left = {}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def plain(self, status, body=b"", **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def begin_stream(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True

    def event(self, message, name=None, retry=None):
        parts = []
        if name:
            parts.append(f"id: {name}")
        if retry:
            parts.append(f"retry: {retry}")
        parts.append("data: " + (json.dumps(message) if message is not None else ""))
        self.wfile.write(("\n".join(parts) + "\n\n").encode())
        self.wfile.flush()

    def session(self):
        name = self.headers.get("Mcp-Session-Id")
        if stateless:
            return Connection()
        if name in sessions:
            return sessions[name]
        body = {"jsonrpc": "2.0", "id": None, "error": {"code": -32600, "message": "Session not found"}}
        self.plain(404, json.dumps(body).encode(), Content_Type="application/json")
        return None

    def do_POST(self):
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        method = message.get("method")
        if stateless and method and self.headers.get("Mcp-Method") != method:
            error = {"code": -32020, "message": "header mismatch"}
            body = {"jsonrpc": "2.0", "id": message.get("id"), "error": error}
            return self.plain(400, json.dumps(body).encode(), Content_Type="application/json")
        headers = {}
        if method == "initialize" and not stateless:
            name = f"s{time.monotonic_ns()}"
            connection = sessions[name] = Connection()
            headers["Mcp_Session_Id"] = name
            note("session", name)
        elif method == "server/discover":
            connection = Connection()
        else:
            connection = self.session()
            if connection is None:
                return
        if method is None or "id" not in message:
            connection.take(message)
            return self.plain(202)
        colour = message.get("params", {}).get("arguments", {}).get("colour")
        if stateless and colour and self.headers.get("Mcp-Param-Colour") != colour:
            error = {"code": -32020, "message": "header mismatch"}
            body = {"jsonrpc": "2.0", "id": message["id"], "error": error}
            return self.plain(400, json.dumps(body).encode(), Content_Type="application/json")
        if method not in ("tools/call", "subscriptions/listen"):
            made = reply(method, Call(connection, message, lambda _: None))
            status = 404 if made.get("error", {}).get("code") == -32601 and stateless else 200
            return self.plain(status, json.dumps(made).encode(), Content_Type="application/json", **headers)
        self.stream(message, connection)

    def stream(self, message, connection):
        self.begin_stream()
        closed = []

        def close():
            self.event(None, name=f"e{message['id']}", retry=20)
            self.connection.shutdown(socket.SHUT_RDWR)
            closed.append(True)

        def say(made):
            if closed:
                left[f"e{message['id']}"] = made
                return
            try:
                self.event(made)
            except OSError:
                note("closed", message["id"])
                connection.cancelled.setdefault(message["id"], threading.Event()).set()

        serve(message, connection, say, close)

    def do_GET(self):
        connection = self.session()
        if connection is None:
            return
        last = self.headers.get("Last-Event-ID")
        if last in left:
            self.begin_stream()
            self.event(left.pop(last))
            return
        note("listening", last or "")
        self.begin_stream()
        events = queue.Queue()
        listeners.append(events)
        try:
            while True:
                self.event(events.get())
                if "--short-streams" in sys.argv:
                    self.event(None, name="l1", retry=20)
                    return
        except OSError:
            pass
        finally:
            listeners.remove(events)

    def do_DELETE(self):
        name = self.headers.get("Mcp-Session-Id")
        note("deleted", name in sessions)
        sessions.pop(name, None)
        self.plain(200)


if transport == "stdio":
    stdio()
else:
    server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[3])), Handler)
    server.daemon_threads = True
    server.serve_forever()
