"""Clients that mean no good: hostile.py URL PID CONNECTIONS. Others must still be served, and the
server must not grow."""

import http.client
import json
import socket
import sys
import time
from urllib.parse import urlsplit

url, pid, count = urlsplit(sys.argv[1]), sys.argv[2], int(sys.argv[3])
address = (url.hostname, url.port)
head = b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"


def expect_served():
    connection = http.client.HTTPConnection(*address, timeout=30)
    request = {"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}
    connection.request("POST", "/", json.dumps(request), {"Content-Type": "application/json"})
    reply = connection.getresponse()
    assert json.load(reply) == {"jsonrpc": "2.0", "result": 19, "id": 1}
    connection.close()


def status(stream):
    """The status of the reply, or None if the connection just ended."""
    try:
        line = stream.recv(4096)
    except ConnectionError:
        return None
    return int(line.split()[1]) if line else None


def flood(start, piece, times):
    """Sends without end, until it is refused."""
    stream = socket.create_connection(address, timeout=30)
    try:
        stream.sendall(start)
        for _ in range(times):
            stream.sendall(piece)
    except ConnectionError:
        pass
    answer = status(stream)
    stream.close()
    return answer


megabyte = b" " * (1 << 20)
assert flood(head + b"Content-Length: 104857600\r\n\r\n", megabyte, 100) in (413, None)
expect_served()
chunk = b"100000\r\n" + megabyte + b"\r\n"
assert flood(head + b"Transfer-Encoding: chunked\r\n\r\n", chunk, 100) in (413, None)
expect_served()
assert flood(head, b"X-Filler: " + b"x" * 1000 + b"\r\n", 100_000) in (431, None)
assert flood(b"POST / HTTP/1.1\r\nX: ", b"x" * 1000, 100_000) in (431, None)
assert flood(b"", b"\xff" * 1000, 10_000) in (400, None)
expect_served()

# Those who send a part and wait, on all of which others wait in vain.
slow = []
for number in range(200):
    stream = socket.create_connection(address, timeout=30)
    parts = [b"", b"PO", head, head + b"Content-Length: 50\r\n\r\n{"]
    stream.sendall(parts[number % len(parts)])
    slow.append(stream)
expect_served()
for stream in slow[:100]:
    stream.shutdown(socket.SHUT_WR)
expect_served()
for stream in slow:
    stream.close()

# A nest of brackets, a flood of ids, a batch of nothing but notifications.
for body in [b"[" * 1_000_000, b"[" + b"1," * 1_000_000 + b"1]",
             b'{"jsonrpc": "2.0", "method": "' + b"a" * 10_000_000 + b'", "id": 1}']:
    connection = http.client.HTTPConnection(*address, timeout=60)
    connection.request("POST", "/", body, {"Content-Type": "application/json"})
    reply = connection.getresponse()
    assert reply.status == 200, reply.status
    assert "error" in json.loads(reply.read())
    connection.close()
expect_served()

for number in range(count):
    stream = socket.create_connection(address, timeout=30)
    if number % 3 == 1:
        stream.sendall(head)
    if number % 3 == 2:
        stream.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    stream.close()
expect_served()

try:
    with open(f"/proc/{pid}/status", encoding="ascii") as facts:
        memory = {line.split(":")[0]: line.split()[1] for line in facts if line.startswith("Vm")}
except FileNotFoundError:
    memory = None
if memory:
    # A body of 64 MB may be held, and read; a hundred times that may not.
    assert int(memory["VmHWM"]) < 500_000, memory
    print("peak", memory["VmHWM"], "kB, now", memory["VmRSS"], "kB", file=sys.stderr)
print("ok")
