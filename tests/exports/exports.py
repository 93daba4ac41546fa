"""Reads the exports of a built site, its feed and its site map with other people's libraries."""

import csv
import io
import json
import re
import sys
from pathlib import Path

import feedparser
import jsonschema
import vobject
from lxml import etree

DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]


def services(site):
    return json.loads((site / "data/services.json").read_text("utf-8"))


def rows(site):
    text = (site / "data/services.csv").read_bytes().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def json_has_the_shape_that_it_says(site):
    """The list and every file of one service fit the schema, formats included."""
    schema = json.loads((site / "data/schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    whole = jsonschema.Draft202012Validator(schema, format_checker=checker)
    whole.validate(services(site))
    one = whole.evolve(schema=schema["$defs"]["service"] | {"$defs": schema["$defs"]})
    files = sorted((site / "data/services").glob("*.json"))
    for path in files:
        own = json.loads(path.read_text("utf-8"))
        one.validate(own)
        assert path.stem == own["id"], path
    assert len(files) == services(site)["total_items"]
    # A schema that lets everything through proves nothing.
    for spoil in (
        lambda one: one.pop("name"),
        lambda one: one.update(status="open"),
        lambda one: one.update(id="1"),
        lambda one: one.update(phones=[{"id": one["id"], "number": "ring us"}]),
    ):
        bad = json.loads(files[0].read_text("utf-8"))
        spoil(bad)
        assert not one.is_valid(bad), "the schema takes anything"
    return f"{len(files)} services fit the schema"


def ids_are_unique_and_stay(site):
    """No id is used twice, and none depends on anything but the name of its thing."""
    seen = set()

    def look(value):
        if isinstance(value, dict):
            if "id" in value and "taxonomy" not in value and "website" not in value:
                yield value["id"]
            for name, inner in value.items():
                if name not in ("organization", "taxonomy_term"):
                    yield from look(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from look(inner)

    for service in services(site)["contents"]:
        for found in look(service):
            assert found not in seen, found
            seen.add(found)
    return f"{len(seen)} ids, all different"


def what_the_standard_has_a_place_for_is_there(site):
    """Who to ask, where on the map, which wider places, who runs it: of the services that say so."""
    contents = services(site)["contents"]
    table = {row["name"]: row for row in rows(site)}
    placed = wide = 0
    for service in contents:
        row = table[service["name"]]
        assert service["organization"]["name"], service["name"]
        is_reached = bool(service.get("phones") or service.get("email"))
        assert is_reached == bool(service.get("contacts")), service["name"]
        numbers = [phone["number"] for phone in service.get("phones", []) if phone["type"] == "voice"]
        if is_reached:
            first = service["contacts"][0]
            assert [phone["number"] for phone in first.get("phones", [])] == numbers, service["name"]
        assert bool(row["checked"]) == ("assured_date" in service), service["name"]
        at = [place["location"] for place in service.get("service_at_locations", [])]
        for number, location in enumerate(at, 1):
            position = row.get(f"place {number} position", "")
            own = f"{location['latitude']}, {location['longitude']}" if "latitude" in location else ""
            assert own == position, service["name"]
            placed += bool(own)
        wide += sum("description" in area for area in service.get("service_areas", []))
    assert wide >= 5, wide
    return f"{len(contents)} with who runs them, {placed} on the map, {wide} areas within others"


def cards_open_in_an_address_book(site):
    text = (site / "data/services.vcf").read_bytes().decode("utf-8")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n")), "a line is too long"
    cards = list(vobject.readComponents(text))
    names = {card.fn.value for card in cards}
    assert names == {service["name"] for service in services(site)["contents"]}
    assert all(card.version.value == "4.0" for card in cards)
    numbers = [tel.value for card in cards for tel in card.contents.get("tel", [])]
    assert numbers and all(re.fullmatch(r"tel:\+?\d+", number) for number in numbers)
    places = [adr.params["GEO"] for card in cards for adr in card.contents.get("adr", []) if "GEO" in adr.params]
    assert places and all(re.fullmatch(r"geo:\d+\.?\d*,-?\d+\.?\d*", at) for [at] in places)
    own = list(site.glob("directory/*/card.vcf"))
    assert len(own) == len(cards)
    return f"{len(cards)} cards, {len(numbers)} numbers"


def the_table_says_the_same(site):
    table = {row["id"]: row for row in rows(site)}
    by_name = {row["name"]: row for row in table.values()}
    opened = 0
    for service in services(site)["contents"]:
        row = by_name[service["name"]]
        phones = [row.get(f"phone {n} number", "") for n in range(1, 9)]
        voice = [phone["number"] for phone in service.get("phones", []) if phone["type"] == "voice"]
        assert [phone for phone in phones if phone] == voice, service["name"]
        days = {day for day in DAYS if row[day]}
        codes = {code for slot in service.get("schedules", []) for code in slot.get("byday", "").split(",") if code}
        assert {day[:2].upper() for day in days} == codes, service["name"]
        assert bool(row["hours"]) == bool(days), service["name"]
        opened += bool(days)
    assert opened >= 10
    return f"{len(table)} rows, {opened} with hours"


def no_cell_is_a_formula(site):
    """Nothing begins with what spreadsheets take for the beginning of a formula."""
    cells = [cell for row in rows(site) for cell in row.values()]
    for cell in cells:
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell
    return f"{len(cells)} cells"


def fits(path, grammar):
    """A file as a tree, when it fits a grammar beside this program."""
    schema = etree.RelaxNG(etree.parse(Path(__file__).parent / grammar))
    tree = etree.parse(path)
    schema.assertValid(tree)
    # A grammar that lets everything through proves nothing.
    spoilt = etree.fromstring(etree.tostring(tree))
    spoilt[0].tag = "other"
    assert not schema.validate(spoilt), grammar
    return tree.getroot()


def the_feed_is_read(site):
    """It fits RFC 4287, and a reader of feeds finds all of it and nothing to complain of."""
    fits(site / "feed.xml", "atom.rng")
    feed = feedparser.parse((site / "feed.xml").read_bytes())
    assert not feed.bozo, feed.bozo_exception
    assert feed.version == "atom10" and feed.feed.language == "en" and feed.feed.author
    links = {link.rel: link.href for link in feed.feed.links}
    assert links == {"self": feed.feed.id + "feed.xml", "alternate": feed.feed.id}, links
    ids = [entry.id for entry in feed.entries]
    assert len(set(ids)) == len(ids) and ids
    dates = [entry.updated_parsed for entry in feed.entries]
    assert dates == sorted(dates, reverse=True) and feed.feed.updated_parsed == dates[0]
    for entry in feed.entries:
        inner = entry.link.removeprefix(feed.feed.id)
        assert (site / inner / "index.html").is_file(), entry.link
    return f"{len(ids)} changes"


def the_site_map_is_read(site):
    """It fits the protocol, each address is there, and languages name each other."""
    urls = fits(site / "sitemap.xml", "sitemap.rng")
    base = feedparser.parse((site / "feed.xml").read_bytes()).feed.id
    others = {}
    for url in urls:
        address = url[0].text
        assert (site / address.removeprefix(base) / "index.html").is_file(), address
        links = [link for link in url if link.tag.endswith("}link")]
        others[address] = {link.get("hreflang"): link.get("href") for link in links}
    assert len(others) == len(urls), "an address is there twice"
    pairs = 0
    for address, same in others.items():
        assert not same or address in same.values(), address
        assert all(others[other] == same for other in same.values()), address
        pairs += bool(same)
    assert pairs > 10, pairs
    return f"{len(others)} addresses, {pairs} in more than one language"


TESTS = [
    json_has_the_shape_that_it_says,
    ids_are_unique_and_stay,
    what_the_standard_has_a_place_for_is_there,
    cards_open_in_an_address_book,
    the_table_says_the_same,
    no_cell_is_a_formula,
    the_feed_is_read,
    the_site_map_is_read,
]

if __name__ == "__main__":
    site = Path(sys.argv[1])
    for test in TESTS:
        print(f"{test.__name__.replace('_', ' ')}: {test(site)}")
