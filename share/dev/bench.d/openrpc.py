# Writes an OpenRPC document of so many methods: openrpc.py COUNT FILE [BYTES]
#
# With BYTES their docs are as long as it takes to come to that size.
import json
import sys

count, path = int(sys.argv[1]), sys.argv[2]
size = int(sys.argv[3]) if len(sys.argv) > 3 else 0
words = "get set list find open close add remove watch merge".split()
things = "user chat file node block pool task image volume event".split()


def method(number):
    verb, thing = words[number % 10], things[number // 10 % 10]
    name = f"space{number % 97}.{thing}.{verb}{thing.capitalize()}{number:06d}"
    return {
        "name": name,
        "summary": f"{verb.capitalize()} a {thing} of space {number % 97}",
        "params": [
            {"name": "id", "required": True, "schema": {"type": "integer"}},
            {"name": "mode", "schema": {"enum": ["fast", "safe", "dry"]}},
            {"name": "options", "schema": {"$ref": "#/components/schemas/Options"}},
        ],
        "result": {"name": thing, "schema": {"type": "object"}},
    }


methods = [method(number) for number in range(count)]
options = {"type": "object", "properties": {"depth": {"type": "integer"}, "all": {"type": "boolean"}}}
document = {
    "openrpc": "1.3.2",
    "info": {"title": "generated", "version": "1"},
    "methods": methods,
    "components": {"schemas": {"Options": options}},
}
missing = size - len(json.dumps(document))
if missing > 0:
    for place in methods:
        place["description"] = "x" * (missing // count)
with open(path, "w") as file:
    json.dump(document, file)
