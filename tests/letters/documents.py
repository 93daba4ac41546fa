"""Reads letters back with the programs that other people use.

    documents.py all PLAINSITE      makes documents of every letter, with whatever
                                    could break them, and looks at all of them
    documents.py read FOLDER JSON   looks at the documents of one letter: JSON has
                                    the texts that must be in each as they were typed

python-docx and odfpy read the files, the XML parser of Python reads every part, and
LibreOffice makes PDF of each, which pdfinfo and pdftotext read. What is wrong ends
the run with a sentence.
"""

import csv
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
import zipfile
from html.parser import HTMLParser

import docx
import odf.opendocument
import odf.teletype
import odf.text

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def must(holds, what):
    if not holds:
        sys.exit(f"documents.py: {what}")


def run(*words, **more):
    done = subprocess.run([str(word) for word in words], capture_output=True, text=True, **more)
    must(done.returncode == 0, f"{' '.join(map(str, words))}\n{done.stdout}{done.stderr}")
    return done.stdout


def plain(text):
    """Text as people compare it: one space for any space or line end."""
    return re.sub(r"\s+", " ", text).strip()


def parts(path):
    """Every part of an archive is well-formed XML, and nothing is twice."""
    with zipfile.ZipFile(path) as archive:
        must(archive.testzip() is None, f"{path}: a part is damaged")
        names = archive.namelist()
        must(len(names) == len(set(names)), f"{path}: a part is there twice")
        for name in names:
            if name.endswith((".xml", ".rels")):
                xml.fromstring(archive.read(name))
        return names


def read_docx(path, texts):
    parts(path)
    document = docx.Document(path)
    must(document.core_properties.title, f"{path}: no title")
    must(document.core_properties.language in ("en-GB", "cy-GB"), f"{path}: no language")
    section = document.sections[0]
    must((round(section.page_width.mm), round(section.page_height.mm)) == (210, 297), f"{path}: not A4")
    defaults = document.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    must(int(defaults.find(f"{W}sz").get(f"{W}val")) >= 24, f"{path}: under 12 points")
    must(defaults.find(f"{W}rFonts").get(f"{W}ascii") == "Arial", f"{path}: not in Arial")
    must(defaults.find(f"{W}lang").get(f"{W}val") in ("en-GB", "cy-GB"), f"{path}: no language of words")
    body = document.element.body
    styles = [paragraph.style.name for paragraph in document.paragraphs]
    must("Heading 1" in styles, f"{path}: no “Heading 1” among {sorted(set(styles))}")
    for paragraph in body.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        known = style is None or any(style.get(f"{W}val") == one.style_id for one in document.styles)
        must(known, f"{path}: a paragraph has a style that is not there")
    said = []
    for paragraph in body.iter(f"{W}p"):
        words = [" " if part.tag == f"{W}br" else part.text or "" for part in paragraph.iter(f"{W}t", f"{W}br")]
        said.append("".join(words))
    said = plain(" ".join(said))
    for text in texts:
        must(plain(text) in said, f"{path}: “{text}” is not in\n{said}")
    pictures = {part.get("descr") for part in body.iter() if part.tag.endswith("}docPr")}
    return document, styles, pictures


def read_odt(path, texts):
    names = parts(path)
    must(names[0] == "mimetype", f"{path}: mimetype is not first")
    document = odf.opendocument.load(path)
    headings = document.getElementsByType(odf.text.H)
    must(headings and headings[0].getAttribute("outlinelevel") in (1, "1"), f"{path}: no heading of level 1")
    must(document.meta.childNodes, f"{path}: no facts about the document")
    said = plain(" ".join(
        odf.teletype.extractText(part)
        for kind in (odf.text.H, odf.text.P)
        for part in document.getElementsByType(kind)
    ))
    for text in texts:
        must(plain(text) in said, f"{path}: “{text}” is not in\n{said}")
    return document


class Html(HTMLParser):
    """The words of a page, its language, its title, and its tags."""

    def __init__(self):
        super().__init__()
        self.words, self.tags, self.inside, self.title, self.language = [], [], None, "", None

    def handle_starttag(self, tag, attributes):
        self.tags.append(tag)
        self.inside = tag
        if tag == "html":
            self.language = dict(attributes).get("lang")
        if tag == "br":
            self.words.append(" ")

    def handle_data(self, words):
        if self.inside == "title":
            self.title += words
        elif self.inside != "style":
            self.words.append(words)

    def handle_endtag(self, tag):
        self.inside = None


def read_html(path, texts):
    page = Html()
    page.feed(pathlib.Path(path).read_text(encoding="utf-8"))
    must(page.language in ("en-GB", "cy-GB") and page.title, f"{path}: no language or no title")
    must("h1" in page.tags, f"{path}: no heading")
    must("script" not in page.tags, f"{path}: a script")
    said = plain("".join(page.words))
    for text in texts:
        must(plain(text) in said, f"{path}: “{text}” is not in\n{said}")
    return page


def read_txt(path, texts):
    said = plain(pathlib.Path(path).read_text(encoding="utf-8"))
    for text in texts:
        must(plain(text) in said, f"{path}: “{text}” is not in\n{said}")


def to_pdf(files, folder):
    """LibreOffice opens each and prints it."""
    # A profile of its own, so that no other LibreOffice is in the way.
    profile = f"-env:UserInstallation=file://{folder}/profile"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *files)
    made = {}
    for file in files:
        pdf = pathlib.Path(folder) / f"{pathlib.Path(file).stem}.pdf"
        must(pdf.exists(), f"LibreOffice made nothing of {file}")
        pages = int(re.search(r"Pages:\s+(\d+)", run("pdfinfo", pdf)).group(1))
        made[pathlib.Path(file)] = (pages, plain(run("pdftotext", pdf, "-")))
    return made


def read(folder, texts):
    """The documents of one letter, as a browser saved them."""
    folder = pathlib.Path(folder)
    [word], [odt], [html], [txt] = ([*folder.glob(f"*.{end}")] for end in ("docx", "odt", "html", "txt"))
    _, styles, _ = read_docx(word, texts)
    must("List Bullet" in styles, f"{word}: no list")
    read_odt(odt, texts)
    read_html(html, texts)
    read_txt(txt, texts)
    for file in (word, odt):
        with tempfile.TemporaryDirectory() as out:
            [(pages, _)] = to_pdf([file], out).values()
            must(pages == 1, f"{file} has {pages} pages")
    print(f"{folder}: the four documents hold what was typed.")


# What could break a document, and comes out as it was typed.
HOSTILE = [
    "**bold** <b>x</b> ((full name)) {{ x }} {body} {text} &amp; ]]> --> \\",
    "=cmd|' /C calc'!A0",
    "‮abc‬ שלום عالم",
    "😀 é \U0010ffff",
    "a \"quoted\"; word, and more",
    "x" * 3000,
]


def all_of_them(plainsite):
    with tempfile.TemporaryDirectory() as name:
        work = pathlib.Path(name)
        hostile(plainsite, work)
        own(plainsite, work)
        large(plainsite, work)


def hostile(plainsite, work):
    """Everything a letter can have, filled in with everything that could break it."""
    site = HERE / "site"
    letter = [plainsite, "letter", "everything", "--root", site]
    table = list(csv.reader(run(*letter, "--example").splitlines(keepends=True)))
    names, example = table
    people = work / "people.csv"
    with people.open("w", newline="", encoding="utf-16") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow([name.upper() for name in names])
        for number, words in enumerate(HOSTILE):
            row = dict(zip(names, example))
            row |= {"full name": words, "notes": f"{words}\nSecond line.", "short note": words, "reference": str(number)}
            writer.writerow(row.values())
    out = work / "hostile"
    run(*letter, "--csv", people, "--out", out, "--formats", "docx,odt,html,txt")
    files = []
    for number, words in enumerate(HOSTILE):
        stem = out / f"row-{number + 2:04}-{number}"
        document, styles, pictures = read_docx(f"{stem}.docx", [words, "Second line.", "£1,234.50", "a kettle"])
        for style in ("Heading 2", "Heading 3", "List Bullet", "List Number"):
            must(style in styles, f"{stem}.docx: no “{style}”")
        must({'A clock & "hands"', "", "Dots"} <= pictures, f"{stem}.docx: its pictures say {pictures}")
        must(document.core_properties.author == "Example & County {body}", f"{stem}.docx: no author")
        read_odt(f"{stem}.odt", [words, "£1,234.50"])
        read_html(f"{stem}.html", [words, "£1,234.50"])
        read_txt(f"{stem}.txt", [words, "£1,234.50"])
        files += [f"{stem}.docx", f"{stem}.odt"]
    for end in ("docx", "odt"):
        for file, (_, said) in to_pdf([file for file in files if file.endswith(end)], work).items():
            must("£1,234.50" in said and "County Hall" in said, f"{file}: LibreOffice shows\n{said}")
    print(f"{len(files) * 2} documents with hostile words open everywhere.")


def own(plainsite, work):
    """Each letter of the site, blank and filled in with its examples."""
    site = work / "site"
    run(plainsite, "build", "--root", ROOT, "--out", site, "--staff")
    listed = run(plainsite, "letter", "--list", "--root", ROOT).split()
    blank = sorted(site.glob("**/letters/*/*.docx")) + sorted(site.glob("**/letters/*/*.odt"))
    # Text messages and emails are no documents.
    names = [name for name in listed if any(file.name == f"{name}.docx" for file in blank)]
    must(len(names) >= 15, f"only {len(names)} letters")
    for name in set(listed) - set(names):
        [text] = site.glob(f"**/letters/*/{name}.txt")
        must("[" in text.read_text(encoding="utf-8"), f"{text}: nothing to fill in")
    must(len(blank) == 4 * len(names), f"{len(blank)} blank documents of {len(names)} letters")
    sheets = sorted(site.glob("worksheets/*/*.docx"))
    must(len(sheets) >= 8, f"only {len(sheets)} worksheets for Word")
    for sheet in sheets:
        read_docx(str(sheet), [])
        read_odt(str(sheet.with_suffix(".odt")), [])
    for file in blank:
        if file.suffix == ".odt":
            document = read_odt(file, [])
            must(document.getElementsByType(odf.text.TextInput), f"{file}: nothing to fill in")
            continue
        document, _, _ = read_docx(file, [])
        controls = [*document.element.body.iter(f"{W}sdt")]
        must(controls, f"{file}: nothing to fill in")
        ids = [control.find(f"{W}sdtPr/{W}id").get(f"{W}val") for control in controls]
        must(len(ids) == len(set(ids)), f"{file}: two controls have one id")
        kinds = {child.tag.split("}")[1] for control in controls for child in control.find(f"{W}sdtPr")}
        must("date" in kinds and "alias" in kinds, f"{file}: its controls are {kinds}")
    filled = []
    for name in names:
        people = work / f"{name}.csv"
        people.write_text(run(plainsite, "letter", name, "--example", "--root", ROOT), encoding="utf-8")
        out = work / name
        run(plainsite, "letter", name, "--csv", people, "--out", out, "--formats", "docx,odt", "--root", ROOT)
        for end in ("docx", "odt"):
            [file] = out.glob(f"*.{end}")
            filled.append(file.rename(work / f"{end}-{name}.{end}"))
    easy = [name for name in names if name.startswith("easy-read")]
    for file, (pages, said) in to_pdf(filled, work).items():
        must("[" not in said, f"{file}: a blank is left in\n{said}")
        is_easy = any(name in file.name for name in easy)
        must(pages == 1 or is_easy, f"{file} has {pages} pages")
    to_pdf([file for file in blank if file.suffix == ".docx"], work)
    print(f"{len(names)} letters open everywhere, and take one side each, but for easy read.")


def large(plainsite, work):
    """Large print is large in every paragraph."""
    people, out = work / "ask-for-records.csv", work / "large"
    command = [plainsite, "letter", "ask-for-records", "--csv", people, "--root", ROOT, "--large-print"]
    run(*command, "--out", out, "--formats", "docx,odt")
    [word] = out.glob("*.docx")
    document, _, _ = read_docx(word, [])
    sizes = [style.font.size.pt for style in document.styles if style.type == 1 and style.font.size]
    defaults = document.styles.element.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}sz").get(f"{W}val")
    must(int(defaults) == 36 and all(size >= 18 for size in sizes), f"{word}: sizes are {defaults}, {sizes}")
    print("Large print is 18 points and more.")


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["all", plainsite]:
            all_of_them(pathlib.Path(plainsite).resolve())
        case ["read", folder, texts]:
            read(folder, json.loads(texts))
        case _:
            sys.exit(__doc__)
