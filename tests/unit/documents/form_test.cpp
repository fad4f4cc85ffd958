// Forms of others, filled in place. The books are cut by hand: one sheet, its rows given as the standard writes them.
#include "documents/form.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "opc/package.h"
#include "word_fixture.h"
#include "xml/xml.h"

using namespace vekha;
using documents::Form;
using word_fixture::part_of;
using word_fixture::said;

namespace {

constexpr const char* main_space = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
constexpr const char* office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

struct Sheet {
  std::string name;
  std::string rows;
  std::string before = {};  // sheetData
  std::string behind = {};
};

// Formats: 0 plain, 1 a date, 2 text, 3 wrapped.
std::string book(const std::vector<Sheet>& sheets, const std::string& names = {}) {
  const std::string relations =
      "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
  std::string types =
      "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" "
      "ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" "
      "ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" "
      "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/>";
  std::string list, links;
  for (size_t i = 0; i < sheets.size(); ++i) {
    types += fmt::format(
        "<Override PartName=\"/xl/worksheets/sheet{}.xml\" "
        "ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/>",
        i + 1);
    list += fmt::format("<sheet name=\"{}\" sheetId=\"{}\" r:id=\"rId{}\"/>", sheets[i].name, i + 1, i + 1);
    links += fmt::format("<Relationship Id=\"rId{}\" Type=\"{}/worksheet\" Target=\"worksheets/sheet{}.xml\"/>", i + 1,
                         office, i + 1);
  }
  opc::PackageWriter writer;
  writer.add("[Content_Types].xml", types + "</Types>");
  writer.add("_rels/.rels", relations + fmt::format("<Relationship Id=\"rId1\" Type=\"{}/officeDocument\" "
                                                    "Target=\"xl/workbook.xml\"/></Relationships>",
                                                    office));
  writer.add("xl/workbook.xml", fmt::format("<workbook {} xmlns:r=\"{}\"><sheets>{}</sheets>{}</workbook>", main_space,
                                            office, list, names));
  writer.add(
      "xl/_rels/workbook.xml.rels",
      relations + links +
          fmt::format("<Relationship Id=\"rId90\" Type=\"{}/styles\" Target=\"styles.xml\"/></Relationships>", office));
  writer.add("xl/styles.xml",
             fmt::format("<styleSheet {}><fonts count=\"1\"><font><sz val=\"11\"/></font></fonts><fills count=\"1\">"
                         "<fill/></fills><borders count=\"1\"><border/></borders><cellXfs count=\"4\"><xf/><xf "
                         "numFmtId=\"14\"/><xf numFmtId=\"49\"/><xf><alignment wrapText=\"1\"/></xf></cellXfs>"
                         "</styleSheet>",
                         main_space));
  for (size_t i = 0; i < sheets.size(); ++i)
    writer.add(fmt::format("xl/worksheets/sheet{}.xml", i + 1),
               fmt::format("<worksheet {} xmlns:r=\"{}\">{}<sheetData>{}</sheetData>{}</worksheet>", main_space, office,
                           sheets[i].before, sheets[i].rows, sheets[i].behind));
  return writer.finish();
}

std::string text(const std::string& place, const std::string& what, int style = 0) {
  return fmt::format("<c r=\"{}\"{} t=\"inlineStr\"><is><t>{}</t></is></c>", place,
                     style > 0 ? fmt::format(" s=\"{}\"", style) : "", what);
}
std::string formula(const std::string& place, const std::string& what) {
  return fmt::format("<c r=\"{}\"><f>{}</f><v>1</v></c>", place, what);
}
std::string row(int number, const std::string& cells) { return fmt::format("<row r=\"{}\">{}</row>", number, cells); }

std::string filled(const std::string& bytes, const std::string& json) {
  const documents::Filled result = fill(Form::compile(bytes, "форма.xlsx"), parse_json(json));
  CHECK(said(result.diagnostics) == "");
  return result.bytes;
}

// The cells of a sheet as lines «B2=…», formulas with «=», texts in quotes.
std::string cells_of(const std::string& bytes, int sheet = 1) {
  std::vector<std::string> texts;
  const opc::Package package = opc::Package::read(bytes, "готово.xlsx");
  if (const opc::Part* part = package.find("xl/sharedStrings.xml")) {
    const xml::Document strings = xml::Document::parse(package.content(*part));
    for (const xml::Node& one : strings.root().children("si"))
      texts.push_back(one.text());
  }
  const xml::Document document = xml::Document::parse(part_of(bytes, fmt::format("xl/worksheets/sheet{}.xml", sheet)));
  std::string out;
  for (const xml::Node& line : document.root().child("sheetData").children())
    for (const xml::Node& cell : line.children()) {
      const std::string value = cell.child("v").text();
      if (cell.child("f"))
        out += fmt::format("{}=={} ", cell.attribute("r"), cell.child("f").text());
      else if (cell.attribute("t") == "s")
        out += fmt::format("{}='{}' ", cell.attribute("r"), texts.at(std::stoul(value)));
      else if (cell.attribute("t") == "inlineStr")
        out += fmt::format("{}='{}' ", cell.attribute("r"), cell.text());
      else if (!value.empty())
        out += fmt::format("{}={} ", cell.attribute("r"), value);
    }
  return out;
}

const char* const items = R"({"items":[{"n":1,"name":"а"},{"n":2,"name":"б"},{"n":3,"name":"в"}],"none":[]})";

}  // namespace

TEST_CASE("a row is repeated where a section spans its cells; formulas below see all of its places") {
  const std::string bytes = book(
      {{"Лист", row(1, text("A1", "№") + text("B1", "имя")) +
                    row(2, text("A2", "{{#items}}{{n}}") + text("B2", "{{name}}{{/items}}") + formula("C2", "A2*2")) +
                    row(3, formula("A3", "SUM(A2:A2)") + formula("B3", "SUM(A1:A2)") + formula("C3", "COUNT(A2)"))}});
  CHECK(cells_of(filled(bytes, items)) ==
        "A1='№' B1='имя' A2=1 B2='а' C2==A2*2 A3=2 B3='б' C3==A3*2 A4=3 B4='в' C4==A4*2 A5==SUM(A2:A4) "
        "B5==SUM(A1:A4) C5==COUNT(A2:A4) ");
}

TEST_CASE("rows of an empty list go; what summed them sums an empty cell") {
  const std::string bytes = book(
      {{"Лист", row(1, text("A1", "{{#none}}{{n}}") + text("B1", "{{/none}}")) + row(2, formula("A2", "SUM(A1:A1)"))}});
  CHECK(cells_of(filled(bytes, items)) == "A1==SUM(A3) ");
}

TEST_CASE("rows that hold nothing but ends of a section go; groups have subtotals of their own") {
  const std::string bytes = book({{"Лист", row(1, text("A1", "{{#groups}}")) + row(2, text("A2", "{{title}}")) +
                                               row(3, text("A3", "{{#items}}{{n}}") + text("B3", "{{/items}}")) +
                                               row(4, formula("A4", "SUM(A3:A3)")) + row(5, text("A5", "{{/groups}}")) +
                                               row(6, formula("A6", "SUBTOTAL(9,A2:A4)"))}});
  CHECK(cells_of(filled(bytes,
                        R"({"groups":[{"title":"I","items":[{"n":1},{"n":2}]},{"title":"II","items":[{"n":3}]}]})")) ==
        "A1='I' A2=1 A3=2 A4==SUM(A2:A3) A5='II' A6=3 A7==SUM(A6:A6) A8==SUBTOTAL(9,A1:A7) ");
}

TEST_CASE("numbers stay numbers, dates dates, and text that looks like a formula stays text") {
  const std::string bytes =
      book({{"Лист",
             row(1, text("A1", "{{n}}") + text("B1", "{{d}}", 1) + text("C1", "{{d}}") + text("D1", "{{d}}", 2) +
                        text("E1", "{{f}}") + text("F1", "{{t}}") + text("G1", "{{n}} шт.") + text("H1", "{{z}}"))}});
  const std::string made = filled(bytes, R"j({"n":1.5,"d":"2022-12-09","f":"=1+1","t":true,"z":null})j");
  CHECK(cells_of(made) == "A1=1.5 B1=44904 C1=44904 D1='2022-12-09' E1='=1+1' F1=1 G1='1.5 шт.' ");
  CHECK(part_of(made, "xl/styles.xml").find("numFmtId=\"14\" applyNumberFormat=\"1\"") != std::string::npos);
  CHECK(cells_of(filled(book({{"Лист", row(1, text("A1", "{{x}}"))}}), R"({"x":"_x0041_ {{y}}"})")) ==
        "A1='_x005F_x0041_ {{y}}' ");
}

TEST_CASE("columns are repeated, each row may bring its own list for them") {
  const std::string bytes =
      book({{"Лист",
             row(1, text("A1", "имя") + text("B1", "{{#months столбец}}{{.}}{{/months}}") + text("C1", "всего")) +
                 row(2, text("A2", "{{#people}}{{name}}") + text("B2", "{{#done столбец}}{{.}}{{/done}}") +
                            formula("C2", "SUM(B2:B2)") + text("D2", "{{/people}}")) +
                 row(3, formula("B3", "SUM(B2:B2)")),
             "<cols><col min=\"1\" max=\"3\" width=\"5\"/></cols>",
             "<mergeCells count=\"1\"><mergeCell ref=\"A5:C5\"/></mergeCells>"}});
  const std::string made =
      filled(bytes, R"({"months":["я","ф"],"people":[{"name":"А","done":[1,2]},{"name":"Б","done":[3,null]}]})");
  CHECK(cells_of(made) ==
        "A1='имя' B1='я' C1='ф' D1='всего' A2='А' B2=1 C2=2 D2==SUM(B2:C2) A3='Б' B3=3 D3==SUM(B3:C3) B4==SUM(B2:B3) "
        "C4==SUM(C2:C3) ");
  CHECK(part_of(made, "xl/worksheets/sheet1.xml").find("<mergeCell ref=\"A6:D6\"/>") != std::string::npos);
  CHECK(said(fill(Form::compile(bytes, "форма.xlsx"),
                  parse_json(R"({"months":[1],"people":[{"name":"А","done":[1,2]}]})"))
                 .diagnostics) ==
        "columns-uneven (лист «Лист», ячейка B2, повтор 1): Тег «{{#done столбец}}»: Столбцов здесь 2, а в начале "
        "таблицы "
        "1. Дайте каждой строке столько значений, сколько столбцов; пустое место – null.\n");
}

TEST_CASE("the word «лист» makes a sheet for each entry, with names of its own") {
  const std::string bytes =
      book({{"{{name}}", row(1, text("A1", "{{#schools лист}}{{name}}") + text("B1", "{{/schools}}")), "", ""},
            {"Итог", row(1, text("A1", "итог")), "", ""}},
           "<definedNames><definedName name=\"_xlnm.Print_Area\" "
           "localSheetId=\"0\">'{{name}}'!$A$1:$B$1</definedName></definedNames>");
  const std::string made = filled(bytes, R"({"schools":[{"name":"Лицей [1]"},{"name":"лицей 1"}]})");
  const std::string workbook = part_of(made, "xl/workbook.xml");
  CHECK(workbook.find("<sheet name=\"Лицей 1\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"лицей 1 (2)\" sheetId=\"3\" "
                      "r:id=\"rVk2\"/><sheet name=\"Итог\"") != std::string::npos);
  CHECK(workbook.find("localSheetId=\"1\">'лицей 1 (2)'!$A$1:$B$1</definedName>") != std::string::npos);
  CHECK(cells_of(made, 3) == "A1='лицей 1' ");
  CHECK(cells_of(made, 2) == "A1='итог' ");
}

TEST_CASE("what hangs on cells follows them") {
  const std::string bytes = book(
      {{"Лист",
        row(1, text("A1", "шапка")) + row(2, text("A2", "{{#items}}{{n}}") + text("C2", "{{/items}}")) +
            row(4, text("A4", "конец")),
        "<dimension ref=\"A1:C4\"/>",
        "<autoFilter ref=\"A1:C2\"/><mergeCells count=\"2\"><mergeCell ref=\"A2:B2\"/><mergeCell ref=\"A4:C4\"/>"
        "</mergeCells><conditionalFormatting sqref=\"A2\"><cfRule type=\"expression\" priority=\"1\"><formula>A2&gt;A4"
        "</formula></cfRule></conditionalFormatting><dataValidations count=\"1\"><dataValidation "
        "sqref=\"A2:B2\"><formula1>A1</formula1></dataValidation></dataValidations><hyperlinks><hyperlink ref=\"A2\" "
        "location=\"Лист!A4\"/></hyperlinks><rowBreaks count=\"1\" manualBreakCount=\"1\"><brk id=\"3\" "
        "man=\"1\"/></rowBreaks>"},
       {"Второй", row(1, formula("A1", "SUM(Лист!A2:A2)+Лист!$A$4")), "", ""}},
      "<definedNames><definedName name=\"все\">Лист!$A$2:$A$2</definedName></definedNames>");
  const std::string made = filled(bytes, items);
  const std::string sheet = part_of(made, "xl/worksheets/sheet1.xml");
  CHECK(sheet.substr(sheet.find("</sheetData>")) ==
        "</sheetData><autoFilter ref=\"A1:C4\"/><mergeCells count=\"4\"><mergeCell ref=\"A2:B2\"/><mergeCell "
        "ref=\"A3:B3\"/><mergeCell ref=\"A4:B4\"/><mergeCell ref=\"A6:C6\"/></mergeCells><conditionalFormatting "
        "sqref=\"A2:A4\"><cfRule type=\"expression\" priority=\"1\"><formula>A2&gt;A6</formula></cfRule>"
        "</conditionalFormatting><dataValidations count=\"1\"><dataValidation sqref=\"A2:B4\"><formula1>A1</formula1>"
        "</dataValidation></dataValidations><hyperlinks><hyperlink ref=\"A2\" location=\"Лист!A6\"/><hyperlink "
        "ref=\"A3\" location=\"Лист!A6\"/><hyperlink ref=\"A4\" location=\"Лист!A6\"/></hyperlinks><rowBreaks "
        "count=\"1\" manualBreakCount=\"1\"><brk id=\"5\" man=\"1\"/></rowBreaks></worksheet>");
  CHECK(sheet.find("<dimension") == std::string::npos);
  CHECK(cells_of(made, 2) == "A1==SUM(Лист!A2:A4)+Лист!$A$6 ");
  CHECK(part_of(made, "xl/workbook.xml").find("<definedName name=\"все\">Лист!$A$2:$A$4</definedName>") !=
        std::string::npos);
}

TEST_CASE("shared formulas are written out, texts and names within formulas stay") {
  const std::string bytes =
      book({{"Лист", row(1, "<c r=\"A1\"><f t=\"shared\" ref=\"A1:A2\" si=\"0\">B1&amp;\"B1\"+LOG10(2)+Т[B1]</f></c>") +
                         row(2, "<c r=\"A2\"><f t=\"shared\" si=\"0\"/></c>" + text("B2", "{{n}}"))}});
  CHECK(cells_of(filled(bytes, R"({"n":1})")) == "A1==B1&\"B1\"+LOG10(2)+Т[B1] A2==B2&\"B1\"+LOG10(2)+Т[B1] B2=1 ");
}

TEST_CASE("parts that nothing touches stay byte for byte; the same data give the same bytes") {
  const std::string bytes =
      book({{"Лист", row(1, text("A1", "{{n}}")), "", ""}, {"Второй", row(1, formula("A1", "1+1")), "", ""}});
  const std::string made = filled(bytes, R"({"n":"а"})");
  CHECK(made == filled(bytes, R"({"n":"а"})"));
  const opc::Package before = opc::Package::read(bytes, "а");
  const opc::Package after = opc::Package::read(made, "б");
  for (const char* name : {"xl/worksheets/sheet2.xml", "xl/styles.xml", "_rels/.rels"})
    CHECK(before.packed(*before.find(name)) == after.packed(*after.find(name)));
}

TEST_CASE("a row set by hand grows for the text of a merged cell") {
  const std::string bytes =
      book({{"Лист", "<row r=\"1\" ht=\"15\" customHeight=\"1\">" + text("A1", "{{t}}", 3) + "</row>",
             "<cols><col min=\"1\" max=\"2\" width=\"10\"/></cols>",
             "<mergeCells count=\"1\"><mergeCell ref=\"A1:B1\"/></mergeCells>"}});
  CHECK(part_of(filled(bytes, R"({"t":"коротко"})"), "xl/worksheets/sheet1.xml").find("ht=\"15\"") !=
        std::string::npos);
  CHECK(part_of(filled(bytes, R"({"t":"очень длинный текст, который в одну строку никак не поместится"})"),
                "xl/worksheets/sheet1.xml")
            .find("ht=\"15\"") == std::string::npos);
}

TEST_CASE("faults of a form are told with sheet and cell") {
  const auto faults = [](const std::string& rows) {
    return said(Form::compile(book({{"Лист", rows, "", ""}}), "форма.xlsx").diagnostics());
  };
  CHECK(
      faults(row(1, text("A1", "{{#a}}") + text("B1", "{{x | словестно}}")) + row(2, text("B2", "{{/b}}"))) ==
      "formatter-unknown (лист «Лист», ячейка B1): В теге «{{x | словестно}}» неизвестный форматтер «словестно». Может "
      "быть, «словесно»?\n"
      "section-unopened (лист «Лист», ячейка B2): Раздел «{{/b}}» закрыт, но не открыт. Поставьте «{{#b}}» там, где он "
      "начинается, или уберите тег.\n"
      "section-unclosed (лист «Лист», ячейка A1): Раздел «{{#a}}» не закрыт. Поставьте «{{/a}}» там, где он "
      "кончается.\n");
  CHECK(faults(row(1, text("A1", "{{#a заново}}") + text("B1", "{{/a}}"))) ==
        "section-word (лист «Лист», ячейка A1): Слово «заново» в теге «{{#a заново}}» неизвестно. После имени раздела "
        "может стоять одно из слов «строка», «столбец» и «лист».\n");
  const documents::Filled wrong =
      fill(Form::compile(book({{"Лист", row(2, text("B2", "{{nmae}}")), "", ""}}), "форма.xlsx"),
           parse_json(R"({"name":1})"));
  CHECK(said(wrong.diagnostics) ==
        "unknown-name (лист «Лист», ячейка B2): Тег «{{nmae}}»: Имени «nmae» нет в данных. Может быть, «name»?\n");
  CHECK_THROWS_WITH_AS(Form::compile(word_fixture::word_file(""), "а.docx"),
                       "Файл «а.docx» – не таблица Excel. Форма должна быть файлом .xlsx или .xltx.", Error);
}

TEST_CASE("the lines above and below a page are filled") {
  const auto with_line = [](const std::string& line) {
    return book(
        {{"Лист", row(1, text("A1", "а")), "", "<headerFooter><oddHeader>" + line + "</oddHeader></headerFooter>"}});
  };
  CHECK(part_of(filled(with_line("&amp;L{{x}}&amp;R&amp;P"), R"({"x":"Ко & А"})"), "xl/worksheets/sheet1.xml")
            .find("<oddHeader>&amp;LКо &amp;&amp; А&amp;R&amp;P</oddHeader>") != std::string::npos);
  CHECK(
      said(Form::compile(with_line("{{#x}}"), "форма.xlsx").diagnostics()) ==
      "tag-not-here (лист «Лист», колонтитул): Тег «{{#x}}» стоит в колонтитуле: там бывают только значения. Поставьте "
      "разделы в ячейки.\n");
}

TEST_CASE("a form tells its fields") {
  CHECK(
      to_json(fields(Form::compile(
          book({{"Лист", row(1, text("A1", "{{#items}}{{n | число}}") + text("B1", "{{/items}}")), "", ""}}),
          "форма.xlsx"))) ==
      R"({"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","properties":{"items":{"anyOf":[{"type":"array","items":{"anyOf":[{"type":"object","properties":{"n":{"anyOf":[{"type":"number"},{"type":"null"}]}},"required":["n"]},{"type":"null"}]}},{"type":"boolean"},{"type":"object","properties":{"n":{"anyOf":[{"type":"number"},{"type":"null"}]}},"required":["n"]},{"type":"null"}]}},"required":["items"]})");
}
