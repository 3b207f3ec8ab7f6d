"""A checker for Assay: a response of at most `most` words earns 1; a longer
one earns less, down to 0 at twice as many."""
import json
import sys

SCHEMA = {
    "type": "object",
    "properties": {"most": {"type": "integer", "minimum": 1}},
    "required": ["most"],
    "examples": [{"most": 50}],
}
print(json.dumps({"assay_plugin": 1, "version": "1", "schema": SCHEMA,
                  "summary": "The response keeps to a number of words."}),
      flush=True)
for line in sys.stdin:
    item = json.loads(line)
    words, most = len(item["response"].split()), item["params"]["most"]
    score = min(1.0, max(0.0, 2 - words / most))
    answer = {"id": item["id"], "score": score, "detail": {"words": words}}
    print(json.dumps(answer), flush=True)
