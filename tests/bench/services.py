"""Makes a site with many services, to see what a large directory costs:

    python3 tests/bench/services.py /tmp/many 20000
    /usr/bin/time -v target/release/plainsite build --timings --root /tmp/many --out /tmp/many-out

Nothing in it is real, and the same number gives the same site.
"""

import random
import sys
from pathlib import Path

WORDS = (
    "help advice care home support garden music art swim walk talk family young older carer debt "
    "benefit wheelchair transport club café lunch group memory hearing sight autism learning money "
    "form job college volunteer friend visit phone online drop-in"
).split()
CATEGORIES = [f"kind-{number}" for number in range(1, 18)]
AREAS = [f"Place {number}" for number in range(1, 14)]


def record(number, some):
    one = lambda: some.choice(WORDS)
    return f"""name: {' '.join(some.sample(WORDS, 2)).capitalize()} {number}
on offer: We offer {one()} and {one()} for people who want {one()} near home.
who for: People who need {one()} and their {one()}.
ages: {{from: 18}}
cost: free
how to access: Contact them yourself.
phones:
  - {{label: Office, number: 0306 999 {number % 1000:04d}}}
emails:
  - {{address: info{number}@service.example}}
web: https://www.service{number}.example/
hours: 9am to 5pm Monday to Friday
ways: [phone, email, in person]
languages: [English]
areas: [{some.choice(AREAS)}]
category: [{some.choice(CATEGORIES)}]
status: active
checked: 20 November 2026
check again: every 6 months
"""


def main(folder, count):
    some = random.Random(1)
    content = Path(folder) / "content"
    (content / "directory").mkdir(parents=True)
    (content / "_data").mkdir()
    (Path(folder) / "site.toml").write_text('title = "Many"\nbase = "https://many.example/"\n')
    (content / "index.md").write_text("---\ntitle: Home\n---\n\n[Services](directory/index.md)\n")
    kinds = "".join(f"  - {{id: {id}, name: Sort {id[5:]}}}\n" for id in CATEGORIES)
    (content / "directory/index.md").write_text(
        f"---\ntitle: Services\nkind: directory\nkind of pages: service\ncategories:\n{kinds}---\n\nChoose.\n"
    )
    (content / "_data/areas.yaml").write_text("".join(f"- {area}\n" for area in AREAS))
    for number in range(count):
        (content / f"directory/s{number}.yaml").write_text(record(number, some))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
