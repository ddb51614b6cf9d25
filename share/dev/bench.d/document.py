"""Writes a JSON document of about that many megabytes: document.py MEGABYTES FILE."""

import json
import random
import sys

megabytes, path = int(sys.argv[1]), sys.argv[2]
source = random.Random(7)
words = "alpha beta gamma Zürich naïve 東京 \U0001f600 quote\" back\\slash line\nbreak".split(" ")


def record(number):
    return {
        "id": number,
        "hash": f"0x{source.getrandbits(256):064x}",
        "name": " ".join(source.choices(words, k=4)),
        "value": source.uniform(-1e6, 1e6),
        "big": source.getrandbits(80),
        "ok": source.random() < 0.5,
        "none": None,
        "tags": source.choices(words, k=3),
        "at": {"line": source.randrange(1000), "column": source.randrange(100), "empty": {}},
    }


with open(path, "w", encoding="utf-8") as file:
    file.write('{"jsonrpc":"2.0","id":1,"result":[')
    size, number = 0, 0
    while size < megabytes * 1_000_000:
        text = json.dumps(record(number), ensure_ascii=number % 2 == 0)
        size += file.write(("," if number else "") + text)
        number += 1
    file.write("]}")
