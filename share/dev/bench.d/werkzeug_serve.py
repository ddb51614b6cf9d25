"""json-rpc on Werkzeug, as its documentation has it, on a free port; prints its URL."""

import logging
import sys
import threading

from jsonrpc import JSONRPCResponseManager, dispatcher
from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response


@dispatcher.add_method
def subtract(minuend, subtrahend):
    return minuend - subtrahend


@Request.application
def application(request):
    response = JSONRPCResponseManager.handle(request.data, dispatcher)
    return Response(response.json, mimetype="application/json")


logging.getLogger("werkzeug").setLevel(logging.ERROR)
# Threads, as `run_simple` has them unless told otherwise by its command line.
server = make_server("127.0.0.1", 0, application, threaded=len(sys.argv) > 1)
print(f"http://127.0.0.1:{server.port}", flush=True)
threading.Thread(target=lambda: (sys.stdin.read(), server.shutdown()), daemon=True).start()
server.serve_forever()
