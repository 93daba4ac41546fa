#!/usr/bin/env python3
"""Makes a collection of short queries over long texts for `cargo bench --bench relevance`.

Each text is what a function or class of Python's own library says of itself, without its
first line; a query is two or three words of that line, and the text they were taken from
is what answers it. Nobody judged anything, so that it says less than a collection with
judges; but it is there wherever Python is.

    python3 tests/bench/short.py > target/short.json
    cargo bench --bench relevance -- target/short.json
"""

import ast
import json
import random
import re
import sysconfig
from pathlib import Path

# Words of a first line that say nothing about which function it is.
EMPTY = set("a an and are as at base be by class for from if in into is it not of on or return returned returns that the this to using will with".split())


def name(node, file):
    """The name of a function or class as words."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])|_", " ", getattr(node, "name", file.stem)).strip()


def main():
    docs, queries, right, seen = [], [], {}, set()
    for file in sorted(Path(sysconfig.get_path("stdlib")).rglob("*.py")):
        if "test" in str(file) or "site-packages" in str(file):
            continue
        try:
            tree = ast.parse(file.read_text(errors="ignore"))
        except (SyntaxError, ValueError):
            continue
        for node in ast.walk(tree):
            if not isinstance(node, (ast.FunctionDef, ast.ClassDef, ast.Module)):
                continue
            first, _, rest = (ast.get_docstring(node) or "").strip().partition("\n")
            body = " ".join(rest.split())
            words = [word for word in re.findall(r"[A-Za-z]{2,}", first) if word.lower() not in EMPTY]
            if first in seen or len(words) < 2 or len(body.split()) < 60:
                continue
            seen.add(first)
            key = str(len(docs))
            docs.append({"id": key, "title": name(node, file), "body": body})
            choose = random.Random(key)
            length = min(len(words), choose.choice([2, 3]))
            at = choose.randint(0, len(words) - length)
            queries.append({"id": key, "text": " ".join(words[at : at + length])})
            right[key] = {key: 1.0}
    print(json.dumps({"docs": docs, "queries": queries, "qrels": right}))


main()
