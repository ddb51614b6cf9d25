"""The same POSTs with requests: post.py URL COUNT."""

import sys

import requests

url, count = sys.argv[1], int(sys.argv[2])
with requests.Session() as session:
    for number in range(1, count + 1):
        request = {"jsonrpc": "2.0", "method": "m", "params": [1], "id": number}
        reply = session.post(url, json=request, timeout=30).json()
        if reply["id"] != number:
            sys.exit(f"a reply with id {reply['id']} instead of {number}")
        print(reply["result"])
