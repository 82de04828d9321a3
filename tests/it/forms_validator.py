"""Validates a YAML file with a JSON Schema: `forms_validator.py SCHEMA FILE` prints a line for each fault."""

import json
import sys

import yaml
from jsonschema.validators import validator_for

with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
with open(sys.argv[2], encoding="utf-8") as file:
    document = yaml.safe_load(file)
validator = validator_for(schema)
validator.check_schema(schema)
for error in validator(schema).iter_errors(document):
    print("/".join(str(part) for part in error.absolute_path), error.message[:300])
