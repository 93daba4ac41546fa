"""Sends a site to a program that speaks like S3 and is not ours: moto, as a server.

    python tests/send/s3.py PROGRAM

It builds a small site, sends it twice, changes it, sends it again, and reads everything back
with boto3, the library of Amazon.
"""

import contextlib
import logging
import os
import pathlib
import subprocess
import sys
import tempfile

import boto3
from moto.server import ThreadedMotoServer

PLAINSITE = sys.argv[1]

# It names every request otherwise.
logging.getLogger("werkzeug").setLevel(logging.ERROR)


def site(root: pathlib.Path, ink: str, pages: int) -> None:
    content = root / "content"
    content.mkdir(parents=True, exist_ok=True)
    for old in content.glob("*.md"):
        old.unlink()
    (root / "site.toml").write_text(f'title = "Guide"\n[theme.light]\nink = "{ink}"\n')
    (content / "index.md").write_text("# Home\n\nWelcome.\n")
    for page in range(pages):
        (content / f"page-{page}.md").write_text(f"# Page {page}\n\nWords.\n")
    run(root, "build", "--no-ledger")


def run(root: pathlib.Path, *words: str, fails: bool = False) -> str:
    done = subprocess.run([PLAINSITE, *words], cwd=root, capture_output=True, text=True)
    assert (done.returncode != 0) == fails, f"{words}: {done.stdout}{done.stderr}"
    return done.stderr


def objects(s3, prefix: str) -> dict[str, bytes]:
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket="mine", Prefix=prefix)
    keys = [found["Key"] for page in pages for found in page.get("Contents", [])]
    return {
        key.removeprefix(prefix): s3.get_object(Bucket="mine", Key=key)["Body"].read()
        for key in keys
    }


def files(public: pathlib.Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(public)): path.read_bytes()
        for path in public.rglob("*")
        if path.is_file() and path.name != ".plainsite"
    }


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as ending:
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
        server.start()
        ending.callback(server.stop)
        host, port = server.get_host_and_port()
        os.environ.update(
            AWS_ENDPOINT_URL=f"http://{host}:{port}",
            AWS_ACCESS_KEY_ID="key",
            AWS_SECRET_ACCESS_KEY="secret",
            AWS_DEFAULT_REGION="us-east-1",
        )
        s3 = boto3.client("s3")
        root = pathlib.Path(folder)
        site(root, "#111111", 4)
        missing = run(root, "publish", "--to", "s3://mine/a", fails=True)
        assert "there is no bucket “mine”" in missing, missing
        s3.create_bucket(Bucket="mine")
        run(root, "publish", "--to", "s3://mine/a")
        sent = objects(s3, "a/")
        assert b"plainsite-manifest 1" in sent.pop(".plainsite")
        assert sent == files(root / "public"), "what was sent is what was built"
        assert "Nothing changed." in run(root, "publish", "--to", "s3://mine/a")
        page = s3.head_object(Bucket="mine", Key="a/page-0/index.html")
        assert page["ContentType"] == "text/html; charset=utf-8", page["ContentType"]
        assert page["CacheControl"] == "no-cache", page["CacheControl"]
        style = next(key for key in sent if "/style." in key)
        site(root, "#121212", 3)
        assert "Gone: /page-3/." in run(root, "publish", "--to", "s3://mine/a")
        again = objects(s3, "a/")
        assert again[style] == sent[style], "what an open page asks for is there"
        assert "page-3/index.html" not in again
        built = files(root / "public")
        assert {path: again[path] for path in built} == built
    print("S3: a site is sent, changed and sent again, and is there as built")


main()
