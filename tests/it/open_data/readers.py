"""Reads open data with the libraries of others, and stops at the first file that one of them does not accept.

Usage: readers.py FOLDER, with libhxl, frictionless, jsonschema and geojson.
"""

import json
import pathlib
import sys

import geojson
import hxl
from frictionless import Package, system
from jsonschema import Draft202012Validator

# Tags and attributes of HXL 1.1 that the files use.
CORE = {
    "#date", "#description", "#event", "#indicator", "#loc", "#meta", "#sector", "#status",
}

folder = pathlib.Path(sys.argv[1])
read = []


def fail(path, reason):
    sys.exit(f"{path}: {reason}")


for path in sorted(folder.glob("*.json")):
    document = json.loads(path.read_text(encoding="utf-8"))
    if path.name == "datapackage.json":
        continue
    schema = json.loads((folder / "schema" / path.name).read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    for error in Draft202012Validator(schema).iter_errors(document):
        fail(path, f"{list(error.absolute_path)}: {error.message}")
    read.append(path.name)

system.standards = "v2"
package = Package(str(folder / "datapackage.json"))
report = package.validate()
if not report.valid:
    fail("datapackage.json", report.flatten(["title", "rowNumber", "fieldName", "note"])[:5] or report.errors)
for resource in package.resources:
    path = folder / resource.path
    if not path.is_file():
        fail(path, "the package lists it")
    if resource.path.endswith(".csv") and not resource.path.endswith(".hxl.csv"):
        name = resource.name
        rows = len(resource.read_rows())
        listed = len(json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))[name])
        if rows != listed:
            fail(path, f"{rows} rows, and {listed} records in JSON")
        read.append(resource.path)

for path in sorted(folder.glob("*.hxl.csv")):
    source = hxl.data(str(path), hxl.InputOptions(allow_local=True))
    tags = {column.tag for column in source.columns}
    if not tags <= CORE or not {"#meta", "#status", "#loc"} <= tags:
        fail(path, f"tags are {sorted(tags)}")
    rows = sum(1 for _ in source)
    name = path.name.removesuffix(".hxl.csv")
    if rows != len(json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))[name]):
        fail(path, f"{rows} rows are not all")
    found = []
    hxl.schema(None, callback=found.append).validate(hxl.data(str(path), hxl.InputOptions(allow_local=True)))
    if found:
        fail(path, f"{found[0].column}: {found[0].value}: {found[0].message}")
    read.append(path.name)

places = geojson.loads((folder / "neighbourhoods.geojson").read_text(encoding="utf-8"))
if not places.is_valid:
    fail("neighbourhoods.geojson", places.errors())
for place in places.features:
    if not place.is_valid:
        fail("neighbourhoods.geojson", place.errors())
read.append("neighbourhoods.geojson")
print("read", *read)
