"""Validates documents with `jsonschema`: JSON on standard input and output."""

import json
import sys

from jsonschema import Draft202012Validator


def faults(errors):
    """The path and the message of each error, those of alternatives included."""
    for error in errors:
        yield ["/".join(str(part) for part in error.absolute_path), error.message]
        yield from faults(error.context)


task = json.load(sys.stdin)
validators = {}
for kind, schema in task["schemas"].items():
    Draft202012Validator.check_schema(schema)
    validators[kind] = Draft202012Validator(schema)
json.dump(
    [list(faults(validators[kind].iter_errors(document))) for kind, document in task["documents"]],
    sys.stdout,
)
