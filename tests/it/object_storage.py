"""Servers of other makers, asked by their own tools.

Usage: object_storage.py make s3|azure URL NAME
       object_storage.py compare s3 URL NAME PREFIX FOLDER
"""

import base64
import datetime
import hashlib
import hmac
import pathlib
import sys
import urllib.request

# Every emulator of Azure has this key.
AZURE_KEY = "Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw=="


def s3(url):
    import boto3

    return boto3.client(
        "s3", endpoint_url=url, region_name="us-east-1",
        aws_access_key_id="AKIATESTTESTTEST", aws_secret_access_key="SECRETsecret/SECRET+secret",
    )


def make_azure(url, name):
    """A container, by a request with a shared key."""
    date = datetime.datetime.now(datetime.timezone.utc).strftime("%a, %d %b %Y %H:%M:%S GMT")
    text = "PUT" + "\n" * 12 + f"x-ms-date:{date}\nx-ms-version:2021-08-06\n"
    text += f"/devstoreaccount1/devstoreaccount1/{name}\nrestype:container"
    key = hmac.new(base64.b64decode(AZURE_KEY), text.encode(), hashlib.sha256).digest()
    headers = {
        "x-ms-date": date, "x-ms-version": "2021-08-06", "Content-Length": "0",
        "Authorization": "SharedKey devstoreaccount1:" + base64.b64encode(key).decode(),
    }
    address = f"{url}/devstoreaccount1/{name}?restype=container"
    urllib.request.urlopen(urllib.request.Request(address, method="PUT", headers=headers))


def compare(client, name, prefix, folder):
    """The bytes of every file, and what browsers need to know of a text."""
    root = pathlib.Path(folder)
    files = {str(path.relative_to(root)): path for path in root.rglob("*") if path.is_file()}
    for own in [".bulletin", ".bulletin-built"]:
        del files[own]
    pages = client.get_paginator("list_objects_v2").paginate(Bucket=name, Prefix=prefix + "/")
    stored = {entry["Key"][len(prefix) + 1:] for page in pages for entry in page.get("Contents", [])}
    assert stored == set(files), stored ^ set(files)
    for name_in_site, path in files.items():
        found = client.get_object(Bucket=name, Key=f"{prefix}/{name_in_site}")
        assert found["Body"].read() == path.read_bytes(), name_in_site
        assert found["CacheControl"].startswith("public, max-age="), name_in_site
        if name_in_site.endswith((".html", ".txt", ".json", ".atom", ".csv")):
            assert found["ContentType"].endswith("; charset=utf-8"), (name_in_site, found["ContentType"])


match sys.argv[1:]:
    case ["make", "s3", url, name]:
        s3(url).create_bucket(Bucket=name)
    case ["make", "azure", url, name]:
        make_azure(url, name)
    case ["compare", "s3", url, name, prefix, folder]:
        compare(s3(url), name, prefix, folder)
    case wrong:
        sys.exit(f"what is {wrong}?")
