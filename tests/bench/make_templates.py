"""Writes the templates and data of the documents benchmark into a folder: the same order and table for every engine,
in the tags of each."""
import json
import pathlib
import sys

import docx
import xlsxwriter
from docx.shared import Pt

folder = pathlib.Path(sys.argv[1])
HEADS = ["№", "Мероприятие", "Срок", "Ответственный", "Показатель", "Отметка"]
NAMES = ["number", "title", "deadline", "responsible", "indicator", "mark"]


def order(name, one, opened, closed, second_row=None):
    """`one(name)` is the tag of a field of the order, `opened`/`closed` go round the fields of a row."""
    document = docx.Document()
    document.add_paragraph(one("organization"))
    document.add_paragraph(f"ПРИКАЗ № {one('no')} от {one('date')}")
    for i in range(6):
        document.add_paragraph(
            f"{i + 1}. В целях реализации плана мероприятий {one('organization')} утвердить прилагаемую дорожную карту, "
            f"ответственный {one('signer')}.")
    table = document.add_table(rows=3 if second_row else 2, cols=len(NAMES))
    table.style = "Table Grid"
    for cell, head in zip(table.rows[0].cells, HEADS):
        cell.paragraphs[0].add_run(head).bold = True
    rows = [(opened, closed)] + ([second_row] if second_row else [])
    for row, (before, after) in zip(table.rows[1:], rows):
        for i, (cell, field) in enumerate(zip(row.cells, NAMES)):
            run = cell.paragraphs[0].add_run(before(field, i == 0) + after(field, i == len(NAMES) - 1))
            run.font.size = Pt(11)
            run.font.name = "Times New Roman"
    document.add_paragraph(one("signer"))
    document.save(folder / name)


order("vekha.docx", lambda n: "{{%s}}" % n, lambda n, first: ("{{#items}}" if first else "") + "{{%s}}" % n,
      lambda n, last: "{{/items}}" if last else "")
order("braces.docx", lambda n: "{%s}" % n, lambda n, first: ("{#items}" if first else "") + "{%s}" % n,
      lambda n, last: "{/items}" if last else "")
order("carbone.docx", lambda n: "{d.%s}" % n, lambda n, first: "{d.items[i].%s}" % n, lambda n, last: "",
      (lambda n, first: "{d.items[i+1].%s}" % n, lambda n, last: ""))


def form(name, one):
    book = xlsxwriter.Workbook(folder / name)  # its texts are shared ones, which xlsx-template insists on
    sheet = book.add_worksheet("Sheet")
    sheet.write_row(0, 0, HEADS)
    for i, field in enumerate(NAMES):
        sheet.write_string(1, i, one(field, i == 0, i == len(NAMES) - 1))
    book.close()


form("vekha.xlsx", lambda n, first, last: ("{{#items}}" if first else "") + "{{%s}}" % n + ("{{/items}}" if last else ""))
form("xlsx-template.xlsx", lambda n, first, last: "${table:items.%s}" % n)

for count in (28, 1000, 10000):
    items = [{
        "number": str(i + 1),
        "title": f"Провести семинар для учителей предмета {i % 37} по теме «Оценка результатов»",
        "deadline": ["январь 2025 г.", "II квартал", "ежемесячно", "до 1 сентября"][i % 4],
        "responsible": ["Белова И.П.", "Гришина О.Н., Петров А.А.", "руководители школ"][i % 3],
        "indicator": f"Протокол № {i}, участников не менее {i * 7 % 100}",
        "mark": "да",
    } for i in range(count)]
    (folder / f"{count}.json").write_text(json.dumps({
        "organization": "Муниципальный методический центр", "no": "18", "date": "09.12.2022", "signer": "А.С. Иванова",
        "items": items}, ensure_ascii=False))
