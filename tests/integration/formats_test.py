"""One plan in every kind of file, made by LibreOffice: what is read from it is the same everywhere.

The plans are the five examples, and the five source documents where the folder with them stands beside the repository.
"""
import html
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from program import EXAMPLES, HOME, answer, run

SEEDS = HOME.parent / "shared" / "seeds"
FIELDS = ("number", "title", "responsible_text", "indicator_text", "mark_text", "deadline", "responsible", "indicators",
          "marks")
HEADS = ("№ п/п", "Мероприятия", "Сроки", "Показатели", "Ответственные", "Отметка о выполнении")
DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
SPACE = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
         'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
         'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"')


def cell(text, span=1, extra=""):
    covered = "<table:covered-table-cell/>" * (span - 1)
    spans = f' table:number-columns-spanned="{span}"' if span > 1 else ""
    lines = "".join(f"<text:p>{html.escape(line)}</text:p>" for line in text.split("\n"))
    return f'<table:table-cell office:value-type="string"{spans}{extra}>{lines}</table:table-cell>{covered}'


def rows_of(plan):
    rows = ["".join(cell(head) for head in HEADS)]
    for section in plan["sections"]:
        name = f'{section["number"]}. {section["title"]}' if section["number"] else section["title"]
        if name:
            rows.append(cell(name, len(HEADS)))
        for item in section["items"]:
            rows.append("".join(map(cell, (item["number"], item["title"], item["deadline"]["text"],
                                           item["indicator_text"], item["responsible_text"], item["mark_text"]))))
    return "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)


def table(plan, above=""):
    columns = f'<table:table-column table:number-columns-repeated="{len(HEADS)}"/>'
    return f'<table:table table:name="План">{columns}{above}{rows_of(plan)}</table:table>'


def flat_text(plan):
    title = html.escape(plan["title"] or "План")
    return (f'{DECLARATION}<office:document {SPACE} office:mimetype="application/vnd.oasis.opendocument.text"><office:body>'
            f"<office:text><text:h>{title}</text:h>{table(plan)}</office:text></office:body></office:document>")


def flat_book(plan):
    above = f'<table:table-row>{cell(plan["title"] or "План", len(HEADS))}</table:table-row><table:table-row/>'
    return (f'{DECLARATION}<office:document {SPACE} office:mimetype="application/vnd.oasis.opendocument.spreadsheet"><office:body>'
            f"<office:spreadsheet>{table(plan, above)}</office:spreadsheet></office:body></office:document>")


def items(plan):
    return [[item[field] for field in FIELDS] for section in plan["sections"] for item in section["items"]]


def sections(plan):
    return [(section["number"], section["title"], len(section["items"])) for section in plan["sections"]]


@unittest.skipUnless(shutil.which("soffice"), "LibreOffice is not installed")
class FormatsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.path = Path(cls.folder.name)
        sources = sorted(EXAMPLES.glob("*/roadmap.txt"))
        if SEEDS.is_dir():
            sources += sorted(SEEDS.glob("*.txt"))
        else:
            print("skipped: the source documents are not here")
        cls.plans = {}
        for number, source in enumerate(sources):
            name = f"plan{number}"
            period = answer("read", source)["period"]
            options = ["--period", f'{period["start"]}..{period["end"]}'] if period else []
            # The text of the file is laid out in a way of its own; the plan read from it is written as plain rows, and
            # those rows, read as text, are what every other kind of file must give.
            plan = answer("read", source, *options)
            cls.plans[name] = (plan, options)
            (cls.path / f"{name}.fodt").write_text(flat_text(plan), encoding="utf-8")
            (cls.path / f"{name}.fods").write_text(flat_book(plan), encoding="utf-8")

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def converted(self, source, target):
        """The files of one kind, made of all flat ones in a single run of LibreOffice."""
        out = self.path / target.split(":")[0]
        files = sorted(map(str, self.path.glob(f"*.{source}")))
        done = subprocess.run(["soffice", f"-env:UserInstallation=file://{self.path}/profile", "--headless",
                               "--convert-to", target, "--outdir", str(out), *files],
                              capture_output=True, text=True, timeout=240)
        for name in self.plans:
            file = out / f"{name}.{target.split(':')[0]}"
            self.assertTrue(file.exists(), f"LibreOffice made no {file.name}: {done.stderr}")
            yield name, file

    def same(self, source, target, fields=FIELDS):
        for name, file in self.converted(source, target):
            with self.subTest(plan=name, kind=target):
                plan, options = self.plans[name]
                read = answer("read", file, *options)
                self.assertEqual(sections(read), sections(plan))
                for mine, other in zip(items(plan), items(read)):
                    self.assertEqual(other, mine)

    def test_word(self):
        self.same("fodt", "docx")

    def test_open_document_text(self):
        self.same("fodt", "odt")

    def test_web_page(self):
        self.same("fodt", "html")

    def test_workbook(self):
        self.same("fods", "xlsx")

    def test_open_document_spreadsheet(self):
        self.same("fods", "ods")

    def test_web_page_of_a_spreadsheet(self):
        self.same("fods", "html")

    def test_old_word_rich_text_and_excel_through_libreoffice(self):
        for source, target in (("fodt", "doc"), ("fodt", "rtf"), ("fods", "xls")):
            file = next(iter(self.converted(source, target)))[1]
            plan, options = self.plans[file.stem]
            self.assertEqual(items(answer("read", file, *options)), items(plan), target)

    def test_comma_separated_values(self):
        self.same("fods", "csv:Text - txt - csv (StarCalc):59,34,76")

    def test_pdf_is_said_to_have_no_cells_and_its_text_is_kept(self):
        file = next(iter(self.converted("fodt", "pdf")))[1]
        plan = self.plans[file.stem][0]
        read = answer("read", file)
        self.assertEqual(read["sections"], [])
        self.assertEqual([one["code"] for one in read["diagnostics"]], ["cells-unreadable"])
        words = " ".join(read["preface"]).split()
        self.assertTrue(set(plan["title"].split()) <= set(words))


if __name__ == "__main__":
    unittest.main()
