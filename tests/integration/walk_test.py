"""Walks the five examples and opens every paper with readers that are not ours."""
import json
import re
import subprocess
import tempfile
import unittest
import zipfile
from pathlib import Path

import docx
import openpyxl

from program import EXAMPLES, answer, run, walk

NAMES = ["lugovaya", "ozersky", "sosnovy_bereg", "stepnoy", "zarechny"]


def words_of(path):
    """All text of a DOCX: paragraphs and cells of the body, headers and footers."""
    document = docx.Document(path)
    texts = []

    def add(block):
        texts.extend(paragraph.text for paragraph in block.paragraphs)
        for table in block.tables:
            seen = set()
            for row in table.rows:
                for cell in row.cells:
                    if cell._tc not in seen:  # the element itself: the id of one that is gone may come again
                        seen.add(cell._tc)
                        add(cell)

    add(document)
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            add(part)
    return "\n".join(texts)


def folded(text):
    return re.sub(r"[\s\u00a0]+", " ", text).strip()


class WalkTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        cls.out = Path(cls.folder.name) / "out"
        cls.table = walk(cls.out).stdout
        cls.cases = {name: cls.out / name / "case" for name in NAMES}
        cls.expected = {name: json.loads((EXAMPLES / name / "expected.json").read_text()) for name in NAMES}

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def files(self, name, pattern):
        return sorted(self.out.glob(f"{name}/[0-9]*/{pattern}"))

    def test_every_item_of_every_roadmap_has_gone_through_its_last_stage(self):
        for name in NAMES:
            with self.subTest(name):
                [plan] = answer("--case", self.cases[name], "items")
                printed = sum(len(section["items"]) for section in self.expected[name]["sections"])
                self.assertEqual(len(plan["items"]), printed + 1, "the items of the file and one added later")
                self.assertTrue(all(item["ended"] for item in plan["items"]))

    def test_the_stored_state_is_what_the_history_gives(self):
        for name in NAMES:
            with self.subTest(name):
                run("--case", self.cases[name], "verify")

    def test_every_road_had_a_return_for_rework_a_late_item_and_a_mark_after_its_day(self):
        for name in NAMES:
            with self.subTest(name):
                outcomes = {event["data"]["outcome"] for event in answer("--case", self.cases[name], "history")
                            if event["kind"] == "task-completed"}
                self.assertIn("return", outcomes)
                self.assertIn("add_item", outcomes)
                [plan] = answer("--case", self.cases[name], "items")
                late = [checkpoint for item in plan["items"] for checkpoint in item["checkpoints"]
                        if checkpoint["end"] and checkpoint["mark"] and (checkpoint["mark"]["date"] or "") > checkpoint["end"]]
                self.assertGreater(len(late), 0)

    def test_a_deputy_acted_on_some_road_and_both_names_stand_in_the_history(self):
        told = [event["sentence"] for name in NAMES for event in answer("--case", self.cases[name], "history")
                if event["kind"] == "task-completed" and (event["data"].get("by") or {}).get("acting_for")]
        self.assertGreater(len(told), 0)
        for sentence in told:
            self.assertRegex(folded(sentence), r"^\S+ \S+ \(замещает: \S+ \S+, приказ от \d\d\.\d\d\.\d{4} № ")

    def test_the_folder_holds_exactly_the_documents_of_the_case(self):
        for name in NAMES:
            with self.subTest(name):
                listed = answer("--case", self.cases[name], "documents")
                self.assertEqual(len(self.files(name, "*.docx")) + len(self.files(name, "*.xlsx")), len(listed))
                self.assertGreater(len(listed), 8)

    def test_no_paper_has_a_tag_left(self):
        for path in self.out.glob("*/[0-9]*/*"):
            with self.subTest(path.name), zipfile.ZipFile(path) as package:
                self.assertIsNone(package.testzip())
                for part in package.namelist():
                    if part.endswith(".xml"):
                        text = re.sub(r"<[^>]*>", "", package.read(part).decode())
                        self.assertNotIn("{{", text)
                        self.assertNotIn("}}", text)

    def test_the_registered_order_holds_every_item_with_its_words(self):
        for name in NAMES:
            with self.subTest(name):
                orders = self.files(name, "Приказ * Об утверждении*.docx")
                self.assertEqual(len(orders), 1, [p.name for p in self.files(name, "*")])
                text = folded(words_of(orders[0]))
                self.assertNotIn("ПРОЕКТ", text)
                for section in self.expected[name]["sections"]:
                    self.assertIn(folded(section["title"]), text)
                    for item in section["items"]:
                        self.assertIn(folded(item["deadline_text"]), text)
                        for word in re.findall(r"[А-Яа-яЁё]{6,}", item["title"]):
                            self.assertIn(word, text)

    def test_number_and_date_stand_in_the_order_and_in_the_head_of_its_appendix(self):
        for name in NAMES:
            with self.subTest(name):
                [order] = self.files(name, "Приказ * Об утверждении*.docx")
                text = folded(words_of(order))
                [entry] = [one for one in answer("--case", self.cases[name], "register", "--year",
                                                 self.year_of_order(order))["entries"]
                           if one["title"].startswith("Об утверждении")]
                self.assertGreaterEqual(text.count("№ " + entry["number"]), 2)

    @staticmethod
    def year_of_order(path):
        return re.search(r"от \d\d\.\d\d\.(\d{4})", path.name).group(1)

    def test_a_draft_says_so_and_has_no_number(self):
        for name in NAMES:
            drafts = [p for p in self.files(name, "*.docx") if "роект" in p.name]
            self.assertGreater(len(drafts), 1, "two versions at least: one came back for rework")
            for path in drafts:
                with self.subTest(path.name):
                    text = folded(words_of(path))
                    self.assertIn("ПРОЕКТ", text)
                    self.assertIn("____", text)

    def test_the_plan_grid_has_a_row_for_every_item(self):
        for name in NAMES:
            with self.subTest(name):
                grids = self.files(name, "План-график*.xlsx")
                self.assertGreater(len(grids), 0)
                book = openpyxl.load_workbook(grids[0])
                titles = folded("\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row
                                          if cell.value is not None))
                for section in self.expected[name]["sections"]:
                    for item in section["items"]:
                        for word in re.findall(r"[А-Яа-яЁё]{6,}", item["title"]):
                            self.assertIn(word, titles)

    def test_the_report_gives_every_mark_of_the_case_with_its_day(self):
        for name in NAMES:
            with self.subTest(name):
                reports = self.files(name, "Информация о выполнении*.docx")
                newest = max(reports, key=lambda one: "".join(reversed(re.findall(r"\d+", one.name))))
                report = docx.Document(newest)
                table = max(report.tables, key=lambda one: len(one.rows))
                rows = {}
                for row in table.rows:
                    cells = [folded(cell.text) for cell in row.cells]
                    rows.setdefault(cells[1], []).append(cells[-1])
                [plan] = answer("--case", self.cases[name], "items")
                # The report was made before the last marks were given: what was marked late may not stand there yet.
                found = 0
                for item in plan["items"]:
                    for checkpoint in item["checkpoints"]:
                        mark = checkpoint["mark"]
                        if not mark or not mark["date"]:
                            continue
                        day = ".".join(reversed(mark["date"].split("-")))
                        title = folded(item["title"]).replace(" ", "")[:40]
                        cells = [cell for words, all_cells in rows.items() for cell in all_cells
                                 if words.replace(" ", "").replace("–", "-").startswith(title[:25])]
                        found += any(day in cell for cell in cells)
                marked = sum(bool(checkpoint["mark"] and checkpoint["mark"]["date"]) for item in plan["items"]
                             for checkpoint in item["checkpoints"])
                self.assertGreater(found, marked * 0.8)

    def test_the_note_counts_what_the_case_counts(self):
        for name in NAMES:
            with self.subTest(name):
                [plan] = answer("--case", self.cases[name], "items")
                done = sum(item["state"] == "done" for item in plan["items"])
                notes = self.files(name, "Аналитическая справка*.docx")
                self.assertGreater(len(notes), 0)
                text = folded(words_of(notes[-1]))
                self.assertIn(f"срок которых наступил, выполнено {done} (", text)

    def test_libreoffice_opens_every_paper_and_makes_pages_of_it(self):
        pdf = Path(self.folder.name) / "pdf"
        papers = sorted(self.out.glob("*/[0-9]*/*"))
        for start in range(0, len(papers), 40):
            batch = []
            for number, path in enumerate(papers[start:start + 40], start):
                link = Path(self.folder.name) / f"{number:04}{path.suffix}"
                link.symlink_to(path)
                batch.append(str(link))
            subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{self.folder.name}/profile",
                            "--convert-to", "pdf", "--outdir", str(pdf), *batch], check=True, capture_output=True,
                           timeout=900)
        self.assertEqual(len(list(pdf.glob("*.pdf"))), len(papers))
        for number, path in enumerate(papers):
            with self.subTest(path.name):
                text = subprocess.run(["pdftotext", str(pdf / f"{number:04}.pdf"), "-"], check=True,
                                      capture_output=True, text=True).stdout
                self.assertGreater(len(text), 100)

    def test_the_run_ends_with_its_table(self):
        for name in NAMES:
            self.assertRegex(self.table, rf"(?m)^{name} +\d+ +\d+ +\d+ +[\d.]+$")


if __name__ == "__main__":
    unittest.main()
