"""Real clients, each of which calls the demo server: clients.py NAME URL."""

import sys


def with_requests(url):
    import requests

    def post(payload):
        return requests.post(url, json=payload, timeout=30)

    reply = post({"method": "echo", "params": ["echome!"], "jsonrpc": "2.0", "id": 0}).json()
    assert reply["result"] == "echome!"
    assert reply["jsonrpc"]
    assert reply["id"] == 0
    # A session keeps its connection.
    with requests.Session() as session:
        for number in range(50):
            payload = {"method": "add", "params": [number, 1], "jsonrpc": "2.0", "id": number}
            reply = session.post(url, json=payload, timeout=30)
            assert reply.status_code == 200
            assert reply.headers["Content-Type"] == "application/json"
            assert reply.json() == {"jsonrpc": "2.0", "result": number + 1, "id": number}
    assert post({"method": "echo", "params": [1], "jsonrpc": "2.0"}).status_code == 204
    assert post({"method": "nope", "jsonrpc": "2.0", "id": 1}).json()["error"]["code"] == -32601
    assert requests.put(url, data="x", timeout=30).status_code == 405
    assert requests.post(url, data={"a": 1}, timeout=30).status_code == 415
    old = post({"method": "add", "params": [1, 2], "id": 1}).json()
    assert old == {"result": 3, "error": None, "id": 1}


def with_jsonrpcclient3(url):
    from jsonrpcclient.clients.http_client import HTTPClient
    from jsonrpcclient.exceptions import ReceivedErrorResponseError
    from jsonrpcclient.requests import Notification, Request

    client = HTTPClient(url)
    assert client.request("subtract", 42, 23).data.result == 19
    assert client.request("subtract", minuend=42, subtrahend=23).data.result == 19
    assert client.notify("echo", 1).text == ""
    try:
        client.request("nope")
        raise AssertionError("no error")
    except ReceivedErrorResponseError as error:
        assert error.response.code == -32601
    batch = [Request("add", 1, 2), Notification("echo", 1), Request("nope")]
    replies = client.send(batch).data
    assert [reply.ok for reply in replies] == [True, False], replies
    assert replies[0].result == 3


def with_jsonrpcclient4(url):
    import requests
    from jsonrpcclient import Error, Ok, notification, parse, request, request_uuid

    def send(payload):
        return parse(requests.post(url, json=payload, timeout=30).json())

    reply = send(request("subtract", params=(42, 23)))
    assert isinstance(reply, Ok) and reply.result == 19
    reply = send(request_uuid("subtract", params={"minuend": 42, "subtrahend": 23}))
    assert isinstance(reply, Ok) and reply.result == 19
    reply = send(request("errors.data"))
    assert isinstance(reply, Error) and reply.code == 1002 and reply.data["missing"]
    replies = list(send([request("add", params=(1, 2)), notification("echo", params=(1,)),
                         request("nope")]))
    assert [type(reply) for reply in replies] == [Ok, Error]


def with_pelix(url):
    import jsonrpclib
    from jsonrpclib import ProtocolError
    from jsonrpclib.jsonrpc import TransportError

    server = jsonrpclib.ServerProxy(url)
    assert server.subtract(42, 23) == 19
    assert server.subtract(minuend=42, subtrahend=23) == 19
    assert "add" in server.system.listMethods()
    assert server.system.methodHelp("add") == "Add two numbers."
    try:
        server._notify.echo(1)
        raise AssertionError("this client takes any status but 200 for a failure")
    except TransportError as error:
        assert error.args[1] == 204, error
    # It does not get over that with the same connection.
    server = jsonrpclib.ServerProxy(url)
    try:
        server.divide(1, 0)
        raise AssertionError("no error")
    except ProtocolError as error:
        assert error.args[0][0] == 100, error
    batch = jsonrpclib.MultiCall(server)
    batch.add(1, 2)
    batch.text.upper("straße")
    assert list(batch()) == [3, "STRASSE"]
    old = jsonrpclib.ServerProxy(url, version=1.0)
    assert old.add(1, 2) == 3


def with_pjrpc(url):
    from pjrpc.client import JsonRpcError
    from pjrpc.client.backend import requests as backend

    with backend.Client(url) as client:
        assert client("subtract", 42, 23) == 19
        assert client.proxy.subtract(minuend=42, subtrahend=23) == 19
        client.notify("echo", 1)
        try:
            client("nope")
            raise AssertionError("no error")
        except JsonRpcError as error:
            assert error.code == -32601
        with client.batch() as batch:
            batch("add", 1, 2)
            batch("echo", "é")
            batch.notify("echo", 1)
        assert list(batch.get_results()) == [3, "é"]


globals()["with_" + sys.argv[1]](sys.argv[2])
print("ok")
