"""Makes documents as councils do, and looks at the pages that they become.

    documents.py PLAINSITE

python-docx writes most of them, with parts added by hand where Word has what that library has
not: content controls, text boxes, SmartArt, tracked changes. LibreOffice writes the same text
as .docx, .odt and .html. What is wrong ends the run with a sentence.
"""

import base64
import pathlib
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
import zlib

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TRIED = 0


def must(holds, what):
    if not holds:
        sys.exit(f"documents.py: {what}")


def picture():
    """A PNG of two by two points."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    rows = b"".join(b"\0" + b"\x20\x60\xa0" * 2 for _ in range(2))
    head = struct.pack(">IIBBBBB", 2, 2, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


class Site:
    """A site of a home page, and the program."""

    def __init__(self, plainsite, root):
        self.plainsite, self.root = plainsite, pathlib.Path(root)
        (self.root / "content").mkdir()
        (self.root / "content/index.md").write_text("---\ntitle: Home\n---\n\nHello.\n")
        (self.root / "site.toml").write_text('title = "Guide"\nlanguages = ["en", "cy"]\n')

    def run(self, *words):
        return subprocess.run([str(self.plainsite), *map(str, words)], cwd=self.root, capture_output=True, text=True)

    def take(self, file, *words, fails=False):
        """Imports a file: the pages by name, what was found, the last line."""
        global TRIED
        TRIED += 1
        shutil.rmtree(self.root / "content/in", ignore_errors=True)
        done = self.run("import", file, "--into", "content/in", "--format", "plain", *words)
        must((done.returncode != 0) == fails, f"{file}: {done.returncode}\n{done.stdout}{done.stderr}")
        pages = {}
        for path in sorted((self.root / "content/in").rglob("*")):
            if path.is_file():
                name = path.relative_to(self.root / "content/in").as_posix()
                pages[name] = path.read_text() if path.suffix == ".md" else path.read_bytes()
        last = done.stderr.strip().splitlines()[-1]
        if not fails and "--dry-run" not in words:
            self.builds(file, pages)
        return pages, done.stdout, last

    def builds(self, file, pages):
        """Each page is a draft that the program can read, and says what it said before."""
        for name, text in pages.items():
            if name.endswith(".md"):
                must("\nstatus: draft\n" in text, f"{file}: {name} is no draft")
        done = self.run("check", "--format", "plain")
        must("Error" not in done.stderr and done.returncode in (0, 1), f"{file}: {done.stderr}")
        must("[front-matter]" not in done.stdout, f"{file}: {done.stdout}")


def body(text):
    return text.split("---\n", 2)[2].strip()


def one(pages):
    texts = [body(text) for name, text in pages.items() if name.endswith(".md")]
    must(len(texts) == 1, f"{len(texts)} pages and not one")
    return texts[0]


def holds(text, *all):
    at = 0
    for part in all:
        found = text.find(part, at)
        must(found >= 0, f"“{part}” is not (or not there) in\n{text}")
        at = found + len(part)


def lacks(text, *all):
    for part in all:
        must(part not in text, f"“{part}” is in\n{text}")


def raw(parent, xml):
    parent.append(parse_xml(xml))


def run_of(xml):
    return f'<w:r {nsdecls("w")}>{xml}</w:r>'


# Each function makes one document with python-docx, and says what its page must hold.

def headings(site, file):
    d = docx.Document()
    d.add_heading("Paying for care", 0)
    d.add_heading("Who pays", 1)
    d.add_paragraph("Most people pay something.")
    d.add_heading("How much", 3)
    d.add_paragraph("It depends.")
    d.save(file)
    pages, _, _ = site.take(file)
    must(list(pages) == ["paying-for-care.md"], f"{list(pages)}")
    holds(pages["paying-for-care.md"], "title: Paying for care")
    must(one(pages) == "## Who pays\n\nMost people pay something.\n\n### How much\n\nIt depends.", one(pages))


def faked_headings(site, file):
    d = docx.Document()
    d.add_paragraph("What this is about.")
    for title, words in [("Who can apply", "Anyone."), ("1. How to apply", "Write to us."), ("What happens next:", "We call you.")]:
        d.add_paragraph().add_run(title).bold = True
        d.add_paragraph(words)
    big = d.add_paragraph().add_run("Large and not bold")
    big.font.size = Pt(18)
    d.add_paragraph("Words.")
    p = d.add_paragraph()
    p.add_run("Note: do not pay cash.").bold = True
    d.save(file)
    pages, found, _ = site.take(file)
    holds(one(pages), "## Who can apply", "## How to apply", "## What happens next\n", "## Large and not bold", "**Note: do not pay cash.**")
    holds(found, "bold paragraphs became headings")


def lists(site, file):
    d = docx.Document()
    d.add_paragraph("You need:")
    d.add_paragraph("a form", style="List Bullet")
    d.add_paragraph("with a name", style="List Bullet 2")
    d.add_paragraph("a pen", style="List Bullet")
    d.add_paragraph("Then:")
    d.add_paragraph("Write.", style="List Number")
    d.add_paragraph("Use black ink.", style="List Continue")
    d.add_paragraph("Send.", style="List Number")
    d.save(file)
    pages, _, _ = site.take(file)
    holds(one(pages), "You need:\n\n- a form\n  - with a name\n- a pen\n\nThen:\n\n1. Write.\n\n   Use black ink.\n", "2. Send.")


def typed_lists(site, file):
    d = docx.Document()
    for line in ["Bring these:", "•\ta passport", "•\ta bill", "Do this:", "1) Ring us", "a) Say your name", "b) Say your number", "2) Wait", "Or:", "- post", "- email"]:
        d.add_paragraph(line)
    p = d.add_paragraph("Lines in one paragraph:")
    for line in ["1. one", "2. two"]:
        p.add_run().add_break()
        p.add_run(line)
    d.save(file)
    pages, found, _ = site.take(file)
    holds(one(pages), "- a passport\n- a bill", "1. Ring us\n   1. Say your name\n   2. Say your number\n2. Wait", "- post\n- email", "1. one\n2. two")
    holds(found, "typed by hand", "became plain numbers")


def restarted_numbers(site, file):
    d = docx.Document()
    part = d.part.numbering_part.element
    raw(part, f'<w:abstractNum {nsdecls("w")} w:abstractNumId="90"><w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="(%2)"/></w:lvl></w:abstractNum>')
    raw(part, f'<w:num {nsdecls("w")} w:numId="90"><w:abstractNumId w:val="90"/></w:num>')
    raw(part, f'<w:num {nsdecls("w")} w:numId="91"><w:abstractNumId w:val="90"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>')
    for number, level, words in [(90, 0, "three"), (90, 1, "a"), (90, 1, "b"), (90, 0, "four"), (91, 0, "one again")]:
        p = d.add_paragraph(words)
        p._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'))
    d.save(file)
    pages, found, _ = site.take(file)
    holds(one(pages), "3. three\n   1. a\n   2. b\n4. four\n1) one again")
    holds(found, "letters or parted numbers")


def tables(site, file):
    d = docx.Document()
    d.add_paragraph("Table 1: What we pay", style="Caption")
    t = d.add_table(rows=3, cols=3)
    for at, words in enumerate(["Course", "Hours", "We pay", "First aid", "6", "£40", "Lifting | moving", "3", "£25"]):
        t.cell(at // 3, at % 3).text = words
    for cell in t.rows[0].cells:
        cell.paragraphs[0].runs[0].bold = True
    d.add_paragraph("After.")
    m = d.add_table(rows=3, cols=3)
    m.cell(0, 0).text, m.cell(0, 1).text = "Team", "When"
    m.cell(0, 1).merge(m.cell(0, 2))
    m.cell(1, 0).text = "North"
    m.cell(1, 0).merge(m.cell(2, 0))
    m.cell(1, 1).text, m.cell(1, 2).text, m.cell(2, 1).text, m.cell(2, 2).text = "Monday", "9am", "Tuesday", "10am"
    d.add_paragraph("And:")  # two tables without words between them are one
    b = d.add_table(rows=1, cols=1)
    b.cell(0, 0).text = "Remember to sign."
    d.save(file)
    pages, found, _ = site.take(file)
    holds(one(pages), "Table: What we pay\n\n| Course | Hours | We pay |\n| --- | ---: | ---: |\n| First aid | 6 | £40 |\n| Lifting \\| moving | 3 | £25 |",
          "| Team | When |  |", "| North | Monday | 9am |", "| North | Tuesday | 10am |", "> [!NOTE]\n> Remember to sign.")
    holds(found, "cells of this table were merged")
    holds(found, "nothing said which row")


def two_header_rows(site, file):
    d = docx.Document()
    d.add_paragraph("Rates.")
    t = d.add_table(rows=3, cols=3)
    t.cell(0, 1).text = "Rate"
    t.cell(0, 1).merge(t.cell(0, 2))
    for at, words in enumerate(["Day", "Weekday", "Weekend"]):
        t.cell(1, at).text = words
    for at, words in enumerate(["Morning", "£10", "£12"]):
        t.cell(2, at).text = words
    for row in t.rows[:2]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    d.save(file)
    pages, _, _ = site.take(file)
    holds(one(pages), "| Day | Rate: Weekday | Rate: Weekend |", "| Morning | £10 | £12 |")


def links(site, file):
    d = docx.Document()
    d.add_heading("Contents", 1)
    h = d.add_heading("Who to ask", 1)
    h._p.insert(1, parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="1" w:name="ask"/>'))
    p = d.add_paragraph("See ")
    for address, words in [("https://www.example.org/a (b)", "the guide"), ("file:///C:/x.docx", "the form"), ("mailto:help@county.example", "help@county.example")]:
        r = d.part.relate_to(address, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True)
        raw(p._p, f'<w:hyperlink {nsdecls("w", "r")} r:id="{r}"><w:r><w:t>{words}</w:t></w:r></w:hyperlink>')
        p.add_run(", ")
    raw(p._p, f'<w:hyperlink {nsdecls("w")} w:anchor="ask"><w:r><w:t>who to ask</w:t></w:r></w:hyperlink>')
    raw(p._p, f'<w:hyperlink {nsdecls("w")} w:anchor="gone"><w:r><w:t>nothing</w:t></w:r></w:hyperlink>')
    d.save(file)
    pages, found, _ = site.take(file)
    holds(one(pages), "## Who to ask {#who-to-ask}", "[the guide](https://www.example.org/a%20%28b%29)", "the form,", "(mailto:help@county.example)", "[who to ask](#who-to-ask)")
    holds(found, "no address of the web")
    holds(found, "not there")


def field_links(site, file):
    d = docx.Document()
    p = d.add_paragraph("See ")
    for xml in ['<w:fldChar w:fldCharType="begin"/>', '<w:instrText xml:space="preserve"> HYPERLINK "https://www.example.org/" </w:instrText>', '<w:fldChar w:fldCharType="separate"/>', "<w:t>our site</w:t>", '<w:fldChar w:fldCharType="end"/>']:
        raw(p._p, run_of(xml))
    p.add_run(" on ")
    raw(p._p, f'<w:fldSimple {nsdecls("w")} w:instr=" DATE "><w:r><w:t>3 May</w:t></w:r></w:fldSimple>')
    p.add_run(", page ")
    raw(p._p, f'<w:fldSimple {nsdecls("w")} w:instr=" PAGEREF x "><w:r><w:t>7</w:t></w:r></w:fldSimple>')
    d.save(file)
    pages, found, _ = site.take(file)
    holds(one(pages), "See [our site](https://www.example.org/) on 3 May, page")
    holds(found, "put in by itself")
    holds(found, "number of a page")


def notes(site, file):
    d = docx.Document()
    d.add_paragraph("Words")
    d.save(file)
    # python-docx has no footnotes: they are put into the archive.
    def add(name, data):
        text = data.decode("utf-8", "replace")
        if name == "word/document.xml":
            return text.replace("<w:t>Words</w:t></w:r>", '<w:t>Words</w:t></w:r><w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:t xml:space="preserve"> and more</w:t></w:r><w:r><w:endnoteReference w:id="2"/></w:r>').encode()
        if name == "word/_rels/document.xml.rels":
            kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
            return text.replace("</Relationships>", f'<Relationship Id="f1" Type="{kind}/footnotes" Target="footnotes.xml"/><Relationship Id="f2" Type="{kind}/endnotes" Target="endnotes.xml"/></Relationships>').encode()
        return data
    note = lambda kind, words: f'<w:{kind}s {nsdecls("w")}><w:{kind} w:id="2"><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:{kind}></w:{kind}s>'
    rewrite(file, add, {"word/footnotes.xml": note("footnote", "Care Act 2014."), "word/endnotes.xml": note("endnote", "From 1 April.")})
    pages, _, _ = site.take(file)
    holds(one(pages), "Words[^1] and more[^2]", "[^1]: Care Act 2014.", "[^2]: From 1 April.")


def rewrite(file, change, more=()):
    """Makes an archive again with some parts changed, and more of them."""
    with zipfile.ZipFile(file) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, change(name, data))
        for name, data in dict(more).items():
            new.writestr(name, data)


def pictures(site, file):
    image = pathlib.Path(file).with_suffix(".png")
    image.write_bytes(picture())
    d = docx.Document()
    for description in ["Two people at a desk", "", "IMG_2031.png", "A dog\n\nDescription automatically generated"]:
        d.add_paragraph().add_run().add_picture(str(image))
        d.inline_shapes[-1]._inline.docPr.set("descr", description)
    d.save(file)
    pages, found, _ = site.take(file, "--name", "money")
    must(pages["money-1.png"] == picture(), "the picture is not the same")
    holds(one(pages), "![Two people at a desk](money-1.png)", "![](money-1.png)", "![](money-1.png)", "![A dog](money-1.png)")
    must(found.count("nothing says what the picture") == 2, found)
    holds(found, "a program wrote what the picture")


def remote_pictures(site, file):
    image = pathlib.Path(file).with_suffix(".png")
    image.write_bytes(picture())
    d = docx.Document()
    d.add_paragraph("Words").add_run().add_picture(str(image))
    d.save(file)
    def change(name, data):
        if name == "word/_rels/document.xml.rels":
            return re.sub(rb'Target="media/image1.png"', b'Target="https://tracker.example/x.png" TargetMode="External"', data)
        return data
    rewrite(file, change)
    pages, found, _ = site.take(file)
    must(list(pages) == ["words.md"] or len(pages) == 1, f"{list(pages)}")
    holds(found, "at https://tracker.example/x.png")


def shapes(site, file):
    d = docx.Document()
    p = d.add_paragraph("Before the box.")
    raw(p._p, f'''<w:r {nsdecls("w", "wp", "a")} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="1" name="Text Box 1"/><a:graphic><a:graphicData uri="x"><wps:wsp><wps:txbx><w:txbxContent><w:p><w:r><w:t>Call us today.</w:t></w:r></w:p></w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>Call us today.</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>''')
    d.add_paragraph("After the box.")
    d.save(file)
    pages, found, _ = site.take(file)
    must(one(pages) == "Before the box.\n\n> [!NOTE]\n> Call us today.\n\nAfter the box.", one(pages))
    holds(found, "a box of its own")


def smart_art_and_charts(site, file):
    d = docx.Document()
    p = d.add_paragraph("The steps:")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part
    data = b'<dgm:dataModel xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><dgm:pt><a:t>Ask</a:t></dgm:pt><dgm:pt><a:t>Plan</a:t></dgm:pt></dgm:dataModel>'
    r = d.part.relate_to(Part(PackURI("/word/diagrams/data1.xml"), "application/vnd.openxmlformats-officedocument.drawingml.diagramData+xml", data, d.part.package), kind)
    raw(p._p, f'<w:r {nsdecls("w", "wp", "a", "r")} xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"><w:drawing><wp:inline><wp:docPr id="7" name="Diagram 1"/><a:graphic><a:graphicData uri="x"><dgm:relIds r:dm="{r}"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>')
    raw(p._p, f'<w:r {nsdecls("w", "wp", "a", "r")} xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><w:drawing><wp:inline><wp:docPr id="8" name="Chart 2" descr="Who manages the money"/><a:graphic><a:graphicData uri="x"><c:chart r:id="none"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>')
    d.save(file)
    pages, found, _ = site.take(file)
    holds(found, "the SmartArt drawing “Diagram 1” stood here, which said: Ask; Plan", "the chart “Who manages the money” stood here")
    holds(list(pages.values())[0], "# - the SmartArt drawing", "# - the chart")


def symbols(site, file):
    d = docx.Document()
    p = d.add_paragraph()
    for code in ["F0FC", "F0A8", "F07B"]:
        raw(p._p, run_of(f'<w:sym w:font="Wingdings" w:char="{code}"/>'))
    p.add_run(" done ")
    p.add_run("\uf0fb").font.name = "Wingdings"
    d.save(file)
    pages, found, _ = site.take(file)
    holds(one(pages), "✓☐ done ✗")
    holds(found, "the symbol Wingdings 123 stood here")


def changes_and_comments(site, file):
    d = docx.Document()
    p = d.add_paragraph("The limit is ")
    raw(p._p, f'<w:del {nsdecls("w")} w:id="1" w:author="A"><w:r><w:delText>£5</w:delText></w:r></w:del>')
    raw(p._p, f'<w:ins {nsdecls("w")} w:id="2" w:author="A"><w:r><w:t>£10</w:t></w:r></w:ins>')
    hidden = p.add_run("secret")
    hidden.font.hidden = True
    d.add_comment(p.runs[0], text="Check this figure", author="B")
    d.sections[0].header.paragraphs[0].text = "Example County Council, draft 3"
    d.save(file)
    pages, found, _ = site.take(file)
    must(one(pages) == "The limit is £10", one(pages))
    holds(found, "crossed out")
    holds(found, "was kept")
    holds(found, "hidden text")
    holds(found, "a comment stood here: “Check this figure”")
    holds(found, "“Example County Council, draft 3” stood at the top")


def looks(site, file):
    d = docx.Document()
    p = d.add_paragraph("Call ")
    p.add_run("us").bold = True
    p.add_run(" or ")
    p.add_run("write.").italic = True
    q = d.add_paragraph()
    q.add_run("Not").bold = True
    q.add_run("able").bold = False
    d.add_paragraph("A * star, ((brackets)), [square], <b>, a_b and 1 < 2 | 3")
    d.add_paragraph("2026. That was the year.")
    d.add_paragraph("# no heading")
    d.save(file)
    pages, _, _ = site.take(file)
    holds(one(pages), "Call **us** or *write.*", "**Not**able", "A \\* star, \\((brackets)), \\[square\\], \\<b>, a_b and 1 < 2 | 3", "2026\\. That was the year.", "\\# no heading")


def contents(site, file):
    d = docx.Document()
    d.add_heading("Guide", 0)
    raw(d.element.body, f'<w:sdt {nsdecls("w")}><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:r><w:t>Who pays 3</w:t></w:r></w:p></w:sdtContent></w:sdt>')
    d.add_heading("Who pays", 1)
    d.add_paragraph("You.")
    d.save(file)
    pages, found, _ = site.take(file)
    lacks(one(pages), "Who pays 3")
    holds(found, "list of contents was left out")


def parted(site, file):
    d = docx.Document()
    d.add_heading("Being an employer", 0)
    d.add_paragraph("Start here.")
    for title in ["Find someone", "Pay them", "Pay them"]:
        h = d.add_heading(title, 1)
        d.add_paragraph("Words.")
        d.add_heading("More", 2)
        d.add_paragraph("More words.")
    h._p.insert(1, parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="1" w:name="pay"/>'))
    p = d.paragraphs[1]
    raw(p._p, f'<w:hyperlink {nsdecls("w")} w:anchor="pay"><w:r><w:t>how to pay</w:t></w:r></w:hyperlink>')
    d.save(file)
    pages, _, last = site.take(file, "--split-at", "2")
    must(sorted(pages) == ["being-an-employer/find-someone.md", "being-an-employer/index.md", "being-an-employer/pay-them-2.md", "being-an-employer/pay-them.md"], f"{sorted(pages)}")
    index = pages["being-an-employer/index.md"]
    holds(index, "kind: guide")
    holds(index, "[how to pay](pay-them-2.md)")
    holds(pages["being-an-employer/pay-them.md"], "title: Pay them", "order: 2", "Words.\n\n## More")
    holds(last, "4 pages were written as drafts")


def letters(site, file):
    d = docx.Document()
    d.add_paragraph("Example County Council\nCounty Hall")
    d.add_paragraph("Dear [Name]")
    d.add_paragraph().add_run("Your review on ____________").bold = True
    d.add_paragraph("We will visit you at «Home_Address». Please pay £______ by dd/mm/yyyy.")
    p = d.add_paragraph("Your worker is ")
    raw(p._p, f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="Worker name"/><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>Click here to enter text.</w:t></w:r></w:sdtContent></w:sdt>')
    q = d.add_paragraph("How: ")
    raw(q._p, f'<w:sdt {nsdecls("w")}><w:sdtPr><w:alias w:val="How we meet"/><w:showingPlcHdr/><w:dropDownList><w:listItem w:displayText="At home" w:value="1"/><w:listItem w:displayText="By phone" w:value="2"/></w:dropDownList></w:sdtPr><w:sdtContent><w:r><w:t>Choose an item.</w:t></w:r></w:sdtContent></w:sdt>')
    r = d.add_paragraph()
    raw(r._p, f'<w:fldSimple {nsdecls("w")} w:instr=" MERGEFIELD Phone_Number "><w:r><w:t>«Phone»</w:t></w:r></w:fldSimple>')
    d.add_paragraph("Do you need an interpreter? ☐ Yes ☐ No")
    t = d.add_table(rows=2, cols=2)
    t.cell(0, 0).text, t.cell(1, 0).text = "NHS number", "Date of birth"
    d.add_paragraph("Yours sincerely")
    d.save(file)
    pages, found, _ = site.take(file, "--letter")
    text = list(pages.values())[0]
    holds(text, "kind: letter", "- name: name", "- name: home address", "type: address", "type: money", "type: date",
          "- name: worker name", "- name: how we meet", "choices: [At home, By phone]", "- name: phone number", "type: phone",
          "type: yes or no", "- name: date of birth", "type: date", "example:")
    holds(body(text), "Dear ((name))\n\n# Your review on ((", "visit you at ((home address))", "((worker name))", "((phone number))", "Date of birth: ((date of birth))")
    holds(found, "above the greeting was left out: “Example County Council County Hall”")
    # Nothing is missing that the letter itself can say: a team, a description.
    published = text.replace("status: draft\n", "").replace("# from: \n", "")
    (site.root / "content/in").mkdir(exist_ok=True)
    (site.root / "content/in/letter.md").write_text(published)
    done = site.run("check", "--format", "plain")
    lacks(done.stdout, "[letter-field]", "[front-matter]", "[unknown-value]")


def worksheets(site, file):
    d = docx.Document()
    d.add_heading("My support plan", 0)
    d.add_paragraph("What matters to me: ........................")
    d.add_paragraph("☐ I want a copy")
    d.save(file)
    pages, found, _ = site.take(file, "--letter")
    holds(list(pages.values())[0], "kind: worksheet", "- name: what matters to me", "# My support plan")
    holds(found, "nobody is greeted")


def welsh(site, file):
    d = docx.Document()
    d.add_heading("Taliadau uniongyrchol", 0)
    d.add_paragraph("Arian gan y cyngor.")
    d.core_properties.language = "cy-GB"
    d.styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr")).find(qn("w:lang")).set(qn("w:val"), "cy-GB")
    d.save(file)
    pages, _, _ = site.take(file)
    must(list(pages) == ["taliadau-uniongyrchol.cy.md"], f"{list(pages)}")


def long_documents(site, file):
    d = docx.Document()
    d.add_heading("All rules", 0)
    for number in range(120):
        d.add_heading(f"Rule {number}: what to do", 1)
        for _ in range(4):
            d.add_paragraph("Words of a rule that somebody wrote down once. " * 4)
    d.save(file)
    _, _, last = site.take(file)
    holds(last, "--split-at 2")


def styles_of_ones_own(site, file):
    d = docx.Document()
    own = d.styles.add_style("Council Heading", WD_STYLE_TYPE.PARAGRAPH)
    own.base_style = d.styles["Heading 2"]
    d.add_paragraph("First.")
    d.add_paragraph("Based on a heading", style="Council Heading")
    p = d.add_paragraph("By its outline")
    p._p.get_or_add_pPr().append(parse_xml(f'<w:outlineLvl {nsdecls("w")} w:val="1"/>'))
    d.add_paragraph("Last.")
    d.save(file)
    pages, _, _ = site.take(file)
    holds(one(pages), "## Based on a heading", "## By its outline")


def refused(site, folder):
    """What is not read is answered in a sentence."""
    d = docx.Document()
    d.add_paragraph("Words")
    good = folder / "good.docx"
    d.save(good)
    data = good.read_bytes()
    old = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    bomb = folder / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b" " * (150 * 1024 * 1024))
    with zipfile.ZipFile(folder / "slides.pptx", "w") as archive:
        archive.writestr("ppt/presentation.xml", "<p/>")
    for name, content, says in [
        ("renamed.docx", old, "Word before 2007"),
        ("locked.docx", old + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        ("plan.pdf", b"%PDF-1.7 words", "is a PDF"),
        ("plan.rtf", b"{\\rtf1 words}", "Rich Text"),
        ("half.docx", data[: len(data) // 2], "damaged"),
        ("random.docx", bytes(range(256)) * 8, "damaged"),
        ("nothing.docx", b"", "has no words"),
    ]:
        (folder / name).write_bytes(content)
        _, _, last = site.take(folder / name, fails=True)
        holds(last, name, says, "Nothing was written.")
    _, _, last = site.take(bomb, fails=True)
    holds(last, "unpacks to more")
    _, _, last = site.take(folder / "slides.pptx", fails=True)
    holds(last, "presentation")
    site.take(good)
    done = site.run("import", good, "--into", "content/in")
    must(done.returncode == 1 and "is there already" in done.stderr, done.stderr)


def by_libreoffice(site, folder):
    """The same text, as LibreOffice writes it in three formats."""
    image = folder / "p.png"
    image.write_bytes(picture())
    source = folder / "source.html"
    source.write_text(f'''<html lang="en"><head><title>Old title</title></head><body>
<h1>Help with money</h1><p>You can <b>ask</b> us at <a href="https://www.example.org/">our site</a>.</p>
<h2>What to bring</h2><ul><li>a passport<ul><li>not a copy</li></ul></li><li>a bill</li></ul>
<ol start="3"><li>Ring us</li><li>Wait</li></ol>
<h2>What it costs</h2>
<table><thead><tr><th>Course</th><th>Cost</th></tr></thead><tbody><tr><td>First aid</td><td>40</td></tr></tbody></table>
<p><img src="p.png" alt="Two people at a desk"></p></body></html>''')
    holds_all = ["You can **ask** us at [our site](https://www.example.org/).", "## What to bring", "- a passport\n  - not a copy\n- a bill", "3. Ring us\n4. Wait", "## What it costs", "| Course | Cost |", "| First aid | 40 |", "![Two people at a desk]("]
    pages, _, _ = site.take(source)
    holds(one(pages), *holds_all)
    # LibreOffice only puts a picture into a document that is in the page.
    data = base64.b64encode(picture()).decode()
    source.write_text(source.read_text().replace("p.png", f"data:image/png;base64,{data}"))
    pages, _, _ = site.take(source)
    holds(one(pages), *holds_all)
    made = folder / "made"
    for kind, via in [("odt", "odt:writer8"), ("docx", "docx:MS Word 2007 XML"), ("html", "html:HTML (StarWriter)")]:
        start = source if kind == "odt" else made / "source.odt"
        done = subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--infilter=HTML (StarWriter)" if kind == "odt" else "--norestore", "--convert-to", via, "--outdir", str(made), str(start)], capture_output=True, text=True)
        must((made / f"source.{kind}").exists(), f"LibreOffice made no {kind}: {done.stdout}{done.stderr}")
        pages, _, _ = site.take(made / f"source.{kind}")
        must(any(name.startswith("help-with-money") for name in pages), f"{kind}: {list(pages)}")
        # LibreOffice has a title of the picture, and writes no title into a .docx.
        holds(one(pages), *(holds_all[:-1] + ["![]("] if kind == "docx" else holds_all))
    # What python-docx made, opened and saved by LibreOffice, says the same.
    for make in [headings, lists, restarted_numbers, tables]:
        file = folder / f"{make.__name__}.docx"
        done = subprocess.run(["soffice", f"-env:UserInstallation=file://{folder}/office", "--headless", "--convert-to", "odt:writer8", "--outdir", str(made), str(file)], capture_output=True, text=True)
        first, _, _ = site.take(file)
        again, _, _ = site.take(made / f"{make.__name__}.odt")
        same = lambda pages: re.sub(r"\n+", "\n", one(pages))
        must(same(first) == same(again), f"{make.__name__}: as Word has it\n{one(first)}\nand as LibreOffice\n{one(again)}")


def workbooks(site, file):
    """The same services from Excel's form and from OpenDocument's, with title rows above."""
    import datetime

    import odf.opendocument
    import odf.table
    import odf.text
    import openpyxl

    rows = [
        ["Example County Council"], [], ["Services for adults"],
        ["Organisation / Service Name", "Tel No(s)", "Service details", "Date last checked", "Area covered"],
        ["Rowan House", "0306 999 0100 / 0306 999 0101", "Advice.", datetime.date(2026, 11, 13), "Whole county"],
        ["Oak Hall", "03069990102", "Lunch.", datetime.date(2026, 2, 1), "Countywide"],
    ]
    data = site.root / "content/_data"
    data.mkdir(exist_ok=True)
    (data / "areas.yaml").write_text("- Whole county\n")
    folder = site.root / "content/directory"
    says = ["--value", "Countywide=Whole county", "--default", "cost=free", "--default", "who for=Anyone.",
            "--default", "how to access=Call them.", "--default", "category=advice"]
    seen = []
    for kind in ("xlsx", "ods"):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        (folder / "index.md").write_text("---\nkind: directory\ntitle: Find a service\nkind of pages: service\ncategories:\n  - {id: advice, name: Advice}\n---\n")
        path = pathlib.Path(file).with_name(f"services.{kind}")
        if kind == "xlsx":
            book = openpyxl.Workbook()
            book.active.title = "Notes"
            book.active.append(["Read me"])
            sheet = book.create_sheet("Services")
            for row in rows:
                sheet.append(row)
            book.save(path)
        else:
            book = odf.opendocument.OpenDocumentSpreadsheet()
            table = odf.table.Table(name="Services")
            for row in rows:
                line = odf.table.TableRow()
                for cell in row:
                    day = isinstance(cell, datetime.date)
                    made = odf.table.TableCell(valuetype="date", datevalue=cell.isoformat()) if day else odf.table.TableCell(valuetype="string")
                    made.addElement(odf.text.P(text=str(cell)))
                    line.addElement(made)
                table.addElement(line)
            last = odf.table.TableRow(numberrowsrepeated=1048000)
            last.addElement(odf.table.TableCell(numbercolumnsrepeated=16384))
            table.addElement(last)
            book.spreadsheet.addElement(table)
            book.save(str(path))
        done = site.run("import", path, "--today", "2026-11-29", "--format", "plain", *says)
        must(done.returncode == 0, f"{kind}: {done.stdout}{done.stderr}")
        records = {path.name: path.read_text() for path in sorted(folder.glob("*.yaml"))}
        must(list(records) == ["oak-hall.yaml", "rowan-house.yaml"], f"{kind}: {list(records)}")
        holds(records["rowan-house.yaml"], "0306 999 0100", "0306 999 0101", "checked: 13 November 2026")
        holds(records["oak-hall.yaml"], "cost: free", "Whole county")
        lacks(records["oak-hall.yaml"], "draft")
        seen.append({name: text.replace(kind, "") for name, text in records.items()})
        says = []  # what was said is kept
    must(seen[0] == seen[1], f"{seen}")


DOCUMENTS = [
    headings, faked_headings, lists, typed_lists, restarted_numbers, tables, two_header_rows, links, field_links, notes,
    pictures, remote_pictures, shapes, smart_art_and_charts, symbols, changes_and_comments, looks, contents, parted,
    letters, worksheets, welsh, long_documents, styles_of_ones_own, workbooks,
]


def main():
    plainsite = pathlib.Path(sys.argv[1]).resolve()
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        (folder / "site").mkdir()
        site = Site(plainsite, folder / "site")
        for make in DOCUMENTS:
            if len(sys.argv) > 2 and make.__name__ not in sys.argv[2:]:
                continue
            print(make.__name__, flush=True)
            make(site, str(folder / f"{make.__name__}.docx"))
        if len(sys.argv) == 2:
            refused(site, folder)
            by_libreoffice(site, folder)
    print(f"{TRIED} documents were imported, and their pages hold what they must.")


main()
