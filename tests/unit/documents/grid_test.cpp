#include <doctest/doctest.h>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "documents/grid_measure.h"
#include "documents/grid_periods.h"
#include "documents/workbook.h"
#include "opc/package.h"
#include "xml/xml.h"

using namespace vekha;
using namespace vekha::documents;

namespace {

const std::string source = VEKHA_SOURCE_DIR;

GridLayout shipped_layout(const std::string& name) {
  const std::string path = source + "/templates/grids/" + name + ".json";
  const GridLayoutReading reading = read_layout(read_file(path), path);
  for (const Diagnostic& diagnostic : reading.diagnostics)
    FAIL_CHECK(to_text(diagnostic));
  return reading.layout;
}

Value sample(const std::string& path) { return parse_json(read_file(source + "/tests/data/" + path), path); }

// A workbook as a reader of it sees it: cells by name, formulas and merges by sheet.
class ReadBook {
 public:
  explicit ReadBook(std::string bytes) : package_(opc::Package::read(std::move(bytes), "таблица.xlsx")) {
    const xml::Document strings = parse("xl/sharedStrings.xml");
    for (const xml::Node& entry : strings.root().children("si"))
      strings_.push_back(entry.text());
    const xml::Document book = parse("xl/workbook.xml");
    for (const xml::Node& entry : book.root().child("sheets").children("sheet"))
      sheets_.emplace_back(entry.attribute("name"));
  }

  const std::vector<std::string>& sheets() const { return sheets_; }
  std::string part(const std::string& name) const {
    const opc::Part* found = package_.find(name);
    REQUIRE(found);
    return package_.content(*found);
  }
  std::string sheet_xml(int number) const { return part("xl/worksheets/sheet" + std::to_string(number) + ".xml"); }

  // All texts of a sheet in reading order: rows parted by line ends, cells by bars, lines in a cell by slashes; empty
  // cells and rows are left out, no-break spaces are blanks.
  std::string text(int number) const {
    std::string all;
    const xml::Document document = xml::Document::parse(sheet_xml(number), "sheet.xml");
    for (const xml::Node& row : document.root().child("sheetData").children("row")) {
      std::string line;
      for (const xml::Node& cell : row.children("c")) {
        if (!cell.child("v")) continue;
        if (!line.empty()) line += "|";
        line += value(cell);
      }
      if (!line.empty()) all += replace_all(replace_all(line, "\n", "/"), no_break_space, " ") + "\n";
    }
    return all;
  }

  std::string cell(int number, std::string_view name) const {
    const xml::Document document = xml::Document::parse(sheet_xml(number), "sheet.xml");
    for (const xml::Node& found : document.root().descendants("c"))
      if (found.attribute("r") == name) return value(found);
    return {};
  }
  std::string formula(int number, std::string_view name) const {
    const xml::Document document = xml::Document::parse(sheet_xml(number), "sheet.xml");
    for (const xml::Node& found : document.root().descendants("c"))
      if (found.attribute("r") == name) return found.child("f").text();
    return {};
  }

 private:
  xml::Document parse(const std::string& name) const { return xml::Document::parse(part(name), name); }
  std::string value(const xml::Node& cell) const {
    const std::string raw = cell.child("v").text();
    return cell.attribute("t") == "s" ? strings_.at(std::stoul(raw)) : raw;
  }

  opc::Package package_;
  std::vector<std::string> strings_;
  std::vector<std::string> sheets_;
};

bool holds(const std::string& text, const std::string& part) {
  const bool found = text.find(part) != std::string::npos;
  if (!found) MESSAGE("not found in: ", text);
  return found;
}

const char* const minimal_plan = R"({
  "kind": "plan", "sheet": "{{sheet.name}}", "rows": "items",
  "columns": [
    {"heading": "№", "field": "number", "width": 5},
    {"heading": "Мероприятие", "field": "title", "width": 30},
    {"kind": "periods"},
    {"heading": "Без даты", "kind": "undated", "width": 12}
  ],
  "periods": {"period": "period"},
  "states": {
    "planned": {"sign": "+", "name": "план"}, "done": {"sign": "✓", "name": "выполнено"},
    "in_progress": {"sign": "…", "name": "выполняется"},
    "partial": {"sign": "±", "name": "частично"}, "overdue": {"sign": "!", "name": "просрочено"},
    "moved": {"sign": "→", "name": "перенесено"}, "not_done": {"sign": "×", "name": "не выполнено"},
    "not_needed": {"sign": "–", "name": "отменено"}
  },
  "totals": "Всего"
})";

Value plan_item(const std::string& number, List occurrences, Value undated = nullptr) {
  return Map{{"number", number},
             {"title", "Семинар"},
             {"deadline", "по плану школы"},
             {"state", "planned"},
             {"undated", std::move(undated)},
             {"occurrences", std::move(occurrences)}};
}

Value occurrence(const std::string& start, const std::string& end, const std::string& state = "planned",
                 Value day = nullptr, Value date = nullptr) {
  return Map{{"start", start}, {"end", end}, {"day", std::move(day)}, {"state", state}, {"date", std::move(date)}};
}

Value plan_data(List items, const std::string& start = "2023-01-01", const std::string& end = "2023-12-31") {
  return Map{{"period", Map{{"start", start}, {"end", end}}}, {"items", std::move(items)}};
}

GridLayout plan_layout(PeriodUnit unit = PeriodUnit::month) {
  GridLayoutReading reading = read_layout(minimal_plan, "план.json");
  for (const Diagnostic& diagnostic : reading.diagnostics)
    FAIL_CHECK(to_text(diagnostic));
  reading.layout.periods->unit = unit;
  return reading.layout;
}

std::string faults_of(const std::string& json) {
  std::string faults;
  for (const Diagnostic& diagnostic : read_layout(json, "вид.json").diagnostics)
    faults += to_text(diagnostic) + "\n";
  return faults;
}

std::string refusal(const GridLayout& layout, const Value& data) {
  try {
    write_workbook(layout, data);
  } catch (const Error& error) {
    return error.message() + " [" + error.where() + "]";
  }
  return "записано";
}

std::string mark(List occurrences, Date start, Date end, PeriodUnit unit = PeriodUnit::month) {
  return mark_of(read_occurrences(Value(std::move(occurrences)), ""), {"", {start, end}}, unit, plan_layout().states)
      .text;
}

}  // namespace

TEST_CASE("the layouts that are shipped have no faults") {
  shipped_layout("year");
  shipped_layout("register");
  shipped_layout("completion");
}

TEST_CASE("all faults of a layout are told at once, each with its key") {
  CHECK(faults_of(
            R"({"kind": "plann", "rows": 5, "colums": [], "font": {"size": 96},
              "columns": [{"heading": "А", "width": "много"}, {"heading": "Б", "field": "b", "text": "{{b}}"}],
              "strike_when": true, "foot": [{"style": "title"}], "page": [], "number_row": 1, "head": {}})") ==
        R"(вид.json (kind): ошибка: Значение «kind» не может быть «plann».
    Допустимы: plan, order-register, list.
вид.json (font.size): ошибка: Число «font.size» должно быть от 6 до 24, а здесь 96.
вид.json (page): ошибка: Значение «page» должно быть набором ключей в фигурных скобках, а здесь список.
вид.json (head): ошибка: Значение «head» должно быть списком в квадратных скобках, а здесь набор полей.
вид.json (rows): ошибка: Значение «rows» должно быть текстом в кавычках, а здесь число.
вид.json (columns[1].width): ошибка: Значение «columns[1].width» должно быть числом, а здесь текст.
вид.json (columns[1].field): ошибка: У графы «А» должно быть что-то одно: «field» или «text».
вид.json (columns[2].field): ошибка: У графы «Б» должно быть что-то одно: «field» или «text».
вид.json (number_row): ошибка: Значение «number_row» должно быть словом true или false, а здесь число.
вид.json (strike_when): ошибка: Значение «strike_when» должно быть текстом в кавычках, а здесь да/нет.
вид.json (foot[1].text): ошибка: Не указано «foot[1].text».
вид.json (colums): ошибка: Ключ «colums» неизвестен.
    Может быть, «columns»?
)");
}

TEST_CASE("a text of a layout with a broken tag is told with its key") {
  CHECK(faults_of(R"({"kind": "list", "rows": "items", "head": [{"text": "{{#a}}нет конца"}],
                      "columns": [{"heading": "А", "field": "a"}]})") ==
        R"(вид.json (head[1].text): ошибка: Раздел «{{#a}}» не закрыт.
    Поставьте «{{/a}}» там, где он кончается.
)");
}

TEST_CASE("a plan's layout needs columns of time and of undated items") {
  CHECK(faults_of(R"({"kind": "plan", "rows": "items", "columns": [{"heading": "А", "field": "a"}]})") ==
        R"(вид.json (states): ошибка: Не указано «states».
вид.json (columns): ошибка: В плане-графике должна быть одна графа вида «periods», а их 0.
вид.json (columns): ошибка: В плане-графике должна быть одна графа вида «undated», а их 0.
    Без неё пропали бы мероприятия без даты.
вид.json (periods): ошибка: Не указано «periods».
)");
  CHECK(faults_of(R"({"kind": "list", "rows": "items", "columns": [{"kind": "periods"}]})") ==
        R"(вид.json (columns): ошибка: Графы «periods», «undated» и «marks» бывают только в плане-графике.
    Укажите «"kind": "plan"».
)");
}

TEST_CASE("columns of time need a column of words before them, and a footer fits into Excel's 200 characters") {
  const std::string faults = faults_of(R"({"kind": "plan", "rows": "items", "periods": {"unit": "день", "недели": 1},
      "columns": [{"kind": "periods"}, {"kind": "undated", "heading": "Без даты"}], "page": {"footer": ")" +
                                       std::string(201, '-') + "\"}}");
  CHECK(holds(faults,
              "вид.json (columns[1]): ошибка: Перед графами периодов должна стоять хотя бы одна графа с текстом.\n"));
  CHECK(
      holds(faults, "вид.json (page.footer): ошибка: Текст «page.footer» длиннее 200 знаков: Excel его не примет.\n"));
  CHECK(holds(faults,
              "вид.json (periods.unit): ошибка: Значение «periods.unit» не может быть «день».\n"
              "    Допустимы: month, quarter, week.\n"));
  CHECK(holds(faults,
              "вид.json (periods.недели): ошибка: Ключ «periods.недели» неизвестен.\n    Здесь бывают ключи: unit, "
              "year, period, occurrences, undated, otherwise, state, widths.\n"));
}

TEST_CASE("every state of a plan has a sign of its own, whatever its colour") {
  CHECK(faults_of(R"({"kind": "list", "rows": "items", "columns": [{"heading": "А", "field": "a"}],
                      "states": {"planned": {"sign": "+", "name": "план", "fill": "красный"},
                                 "done": {"sign": "+", "name": "сделано"}, "partial": {"name": "часть"}}})") ==
        R"(вид.json (states.planned.fill): ошибка: Цвет «states.planned.fill» записан неверно: «красный».
    Цвет записывается как «#FFF2CC».
вид.json (states.overdue): ошибка: Не указано «states.overdue».
вид.json (states.partial.sign): ошибка: Не указано «states.partial.sign».
вид.json (states.in_progress): ошибка: Не указано «states.in_progress».
вид.json (states.not_done): ошибка: Не указано «states.not_done».
вид.json (states.moved): ошибка: Не указано «states.moved».
вид.json (states.not_needed): ошибка: Не указано «states.not_needed».
вид.json (states.done): ошибка: Знак «+» стоит и у «states.planned», и у «states.done»: на чёрно-белой печати их не различить.
    Дайте каждому состоянию свой знак.
)");
}

TEST_CASE("a layout that is no map, or no JSON, is refused in words") {
  CHECK(faults_of("[1]") ==
        "вид.json: ошибка: Описание таблицы должно быть набором ключей в фигурных скобках, а здесь список.\n");
  CHECK_THROWS_AS(read_layout("{", "вид.json"), Error);
}

TEST_CASE("a month without a day gets the sign, a known day its number") {
  const Date start = make_date(2023, 1, 1);
  const Date end = make_date(2023, 1, 31);
  CHECK(mark({occurrence("2023-01-01", "2023-01-31")}, start, end) == "+");
  CHECK(mark({occurrence("2023-01-25", "2023-01-25", "planned", 25)}, start, end) == "25");
  CHECK(mark({occurrence("2023-01-01", "2023-01-31", "done", 25)}, start, end) == "✓25");
  CHECK(mark({occurrence("2023-01-01", "2023-01-31", "done", nullptr, "2023-01-20")}, start, end) == "✓20");
  CHECK(mark({occurrence("2023-01-01", "2023-01-31", "done", nullptr, "2023-02-03")}, start, end) == "✓");
  CHECK(mark({occurrence("2023-01-01", "2023-01-31", "overdue", 15)}, start, end) == "!15");
  CHECK(mark({occurrence("2023-02-01", "2023-02-28")}, start, end).empty());
}

TEST_CASE("several сроки in one column stand beside each other in order of time") {
  const Date start = make_date(2023, 1, 1);
  const Date end = make_date(2023, 1, 31);
  const auto on = [](int day, const std::string& state) {
    const std::string date = to_iso(make_date(2023, 1, day));
    return occurrence(date, date, state, day);
  };
  CHECK(mark({on(19, "planned"), on(5, "planned")}, start, end) == "5, 19");
  CHECK(mark({on(5, "done"), on(12, "done"), on(19, "planned")}, start, end) == "✓5, 12 19");
  const Value month = occurrence("2023-01-01", "2023-01-31");
  CHECK(mark({month, month}, start, end) == "++");
  CHECK(mark({month, month, month, month}, start, end) == "+(4)");
}

TEST_CASE("a day in a quarter is told with its month") {
  CHECK(mark({occurrence("2023-03-25", "2023-03-25", "done", 25)}, make_date(2023, 1, 1), make_date(2023, 3, 31),
             PeriodUnit::quarter) == "✓25.03");
}

TEST_CASE("a срок of several months stands in all of them, one by a day only in its own") {
  const ReadBook book(write_workbook(
      plan_layout(), plan_data({plan_item("1", {occurrence("2023-01-01", "2023-03-31")}),
                                plan_item("2", {occurrence("2023-01-01", "2023-03-31", "planned", 15)})})));
  CHECK(holds(book.text(1), "1|Семинар|+|+|+\n2|Семинар|15\n"));
  CHECK(book.cell(1, "E5") == "15");
}

TEST_CASE("a plan of several years has a sheet a year, with the items of that year and those without a date") {
  const ReadBook book(write_workbook(plan_layout(), plan_data({plan_item("1", {occurrence("2022-05-01", "2022-05-31")}),
                                                               plan_item("2", {occurrence("2023-05-01", "2023-05-31")}),
                                                               plan_item("3", {}, "постоянно")},
                                                              "2022-01-01", "2023-12-31")));
  CHECK(book.sheets() == std::vector<std::string>{"2022 год", "2023 год"});
  CHECK(holds(book.text(1), "1|Семинар|+\n3|Семинар|постоянно\n"));
  CHECK(holds(book.text(2), "2|Семинар|+\n3|Семинар|постоянно\n"));
}

TEST_CASE("a column of marks says on each year's sheet what is said of its own сроки") {
  const auto marked = [](const char* day, const char* mark) {
    Value one = occurrence(day, day, "done");
    one.get_if<Map>()->set("mark", mark);
    return one;
  };
  GridLayout layout = plan_layout();
  GridColumn column;
  column.heading = "Отметка";
  column.field = "note";
  column.kind = ColumnKind::marks;
  layout.columns.push_back(column);
  Value item = plan_item("1", {marked("2023-03-01", "Проведён"), marked("2024-04-01", "Проведён снова"),
                               marked("2026-01-20", "Отчёт сдан")});
  item.get_if<Map>()->set("note", nullptr);
  Value undated = plan_item("2", {}, "по запросу");
  undated.get_if<Map>()->set("note", "Не потребовалось");
  const ReadBook book(write_workbook(layout, plan_data(List{item, undated}, "2023-01-01", "2024-12-31")));
  CHECK(holds(book.text(1), "|Проведён\n"));
  CHECK(holds(book.text(2), "|Проведён снова/Отчёт сдан\n"));
  CHECK(holds(book.text(1), "|Не потребовалось\n"));
  CHECK(holds(book.text(2), "|Не потребовалось\n"));
}

TEST_CASE("a plan from September to August is drawn as a school year") {
  const ReadBook book(write_workbook(
      plan_layout(),
      plan_data({plan_item("1", {occurrence("2024-01-01", "2024-01-31")})}, "2023-09-01", "2024-08-31")));
  CHECK(book.sheets() == std::vector<std::string>{"2023-2024 уч. год"});
  CHECK(holds(book.text(1), "№|Мероприятие|2023/2024 учебный год|Без даты\nIX|X|XI|XII|I|II|III|IV|V|VI|VII|VIII\n"));
  CHECK(book.cell(1, "G4") == "+");
}

TEST_CASE("a school year that begins in the last week of August loses nothing") {
  const std::vector<TimeSheet> sheets =
      time_sheets({make_date(2023, 8, 25), make_date(2024, 5, 31)}, PeriodUnit::month, YearKind::automatic);
  REQUIRE(sheets.size() == 1);
  CHECK(sheets[0].columns.front().period == Period{make_date(2023, 8, 25), make_date(2023, 9, 30)});
  CHECK(sheets[0].columns.back().period == Period{make_date(2024, 8, 1), make_date(2024, 8, 31)});
}

TEST_CASE("the columns of a sheet hold every day of it once, whatever the unit") {
  for (const PeriodUnit unit : {PeriodUnit::month, PeriodUnit::quarter, PeriodUnit::week})
    for (const YearKind year : {YearKind::calendar, YearKind::school})
      for (int first = 2019; first <= 2028; ++first) {
        const std::vector<TimeSheet> sheets =
            time_sheets({make_date(first, 9, 1), make_date(first + 1, 12, 31)}, unit, year);
        for (const TimeSheet& sheet : sheets) {
          Date next = sheet.period.start;
          for (const TimeColumn& column : sheet.columns) {
            CHECK(column.period.start == next);
            CHECK(column.period.start <= column.period.end);
            next = add_days(column.period.end, 1);
          }
          CHECK(next == add_days(sheet.period.end, 1));
          CHECK(sheet.columns.size() <= 14);
        }
      }
}

TEST_CASE("weeks run from Monday to Sunday, short pieces at the ends join their neighbours") {
  const std::vector<TimeSheet> sheets =
      time_sheets({make_date(2023, 1, 1), make_date(2023, 12, 31)}, PeriodUnit::week, YearKind::calendar);
  REQUIRE(sheets.size() == 4);
  CHECK(sheets[0].name == "2023, I кв.");
  CHECK(sheets[0].title == "I квартал 2023 года");
  CHECK(sheets[0].columns.front().label == "01.01–\n08.01");
  CHECK(sheets[0].columns[1].label == "09.01–\n15.01");
  CHECK(sheets[0].columns.back().label == "27.03–\n31.03");
}

TEST_CASE("a срок beyond the plan's years, and an item with no date at all, are not lost") {
  const ReadBook book(write_workbook(
      plan_layout(),
      plan_data({plan_item("1", {occurrence("2024-01-20", "2024-01-20", "planned", 20)}),
                 plan_item("2", {occurrence("2022-11-01", "2022-11-30", "overdue")}), plan_item("3", {})})));
  CHECK(holds(book.text(1), "1|Семинар|до 20.01.2024\n2|Семинар|! до 30.11.2022\n3|Семинар|по плану школы\n"));
}

TEST_CASE("sums are formulas that carry their values") {
  const ReadBook book(write_workbook(
      plan_layout(), plan_data({plan_item("1", {occurrence("2023-01-01", "2023-02-28")}),
                                plan_item("2", {occurrence("2023-01-01", "2023-01-31", "planned", 25)})})));
  CHECK(book.formula(1, "C6") == "COUNTA(C4:C5)");
  CHECK(book.cell(1, "C6") == "2");
  CHECK(book.cell(1, "D6") == "1");
  CHECK(book.cell(1, "E6") == "0");
}

TEST_CASE("a year's plan shows signs, sections, sums, who does what, and the legend") {
  const ReadBook book(write_workbook(shipped_layout("year"), sample("grids/year.json")));
  CHECK(book.sheets() == std::vector<std::string>{"2025 год", "Исполнители, 2025 год"});
  const std::string text = book.text(1);
  CHECK(holds(text,
              "План-график реализации дорожной карты по развитию читательской грамотности обучающихся "
              "Светлоозёрского муниципального округа на 2025 год\nпо состоянию на 30.06.2025\n"));
  CHECK(holds(text, "\nI. Нормативное и организационное обеспечение\n"));
  CHECK(holds(text, "|+|+|✓27|+|+|!|+|+|+|+|+|+|Снегирёв О.В./Полянская В.Д.|"));
  CHECK(holds(text, "|→|✓16|+|Полянская В.Д.|"));
  CHECK(holds(text, "|12, 26|"));
  CHECK(holds(text, "|по графику министерства|"));
  CHECK(holds(text,
              "+|– запланировано (число – день)|…|– выполняется|✓|– выполнено|±|– выполнено частично\n"
              "!|– просрочено|→|– перенесено|×|– не выполнено|–|– отменено, не потребовалось\n"));
  CHECK(holds(text, "Составитель: методист|В.Д. Полянская\n"));
  CHECK(holds(book.text(2), "Осокина Ю.Р.|1|1|1|1|1|1|1|5|2|1\n"));
}

TEST_CASE("every item of a plan stands on a sheet") {
  const Value data = sample("grids/three_years.json");
  for (const PeriodUnit unit : {PeriodUnit::month, PeriodUnit::quarter, PeriodUnit::week}) {
    GridLayout layout = shipped_layout("year");
    layout.periods->unit = unit;
    const ReadBook book(write_workbook(layout, data));
    std::string all;
    for (size_t i = 0; i < book.sheets().size() / 2; ++i)
      all += book.text(static_cast<int>(i) + 1);
    for (const Value& section : data.at("roadmap").at("sections").list())
      for (const Value& item : section.at("items").list())
        CHECK(holds(all, "\n" + item.at("number").text() + "|" + item.at("title").text() + "|"));
  }
}

TEST_CASE("the same plan gives the same bytes, without the time of their making") {
  const GridLayout layout = shipped_layout("year");
  const Value data = sample("grids/year.json");
  const std::string bytes = write_workbook(layout, data);
  CHECK(bytes == write_workbook(layout, data));
  CHECK(holds(ReadBook(bytes).part("docProps/core.xml"), "2000-01-01T00:00:00Z</dcterms:modified>"));
}

TEST_CASE("a sheet is ready to print: A4, one page wide, headings on each page and in sight, numbered pages") {
  const ReadBook book(write_workbook(shipped_layout("year"), sample("grids/year.json")));
  const std::string sheet = book.sheet_xml(1);
  CHECK(holds(sheet, "<pageSetUpPr fitToPage=\"1\"/>"));
  CHECK(holds(sheet, "<pageSetup paperSize=\"9\""));
  CHECK(holds(sheet, "orientation=\"landscape\""));
  CHECK(holds(sheet, "<pane xSplit=\"2\" ySplit=\"6\""));
  CHECK(holds(sheet, "Страница &amp;P из &amp;N"));
  CHECK(holds(book.part("xl/workbook.xml"), "'2025 год'!$5:$6</definedName>"));
}

TEST_CASE("text stays text, numbers are numbers, dates are dates") {
  const GridLayout layout = read_layout(R"({"kind": "list", "sheet": "2023", "rows": "rows", "columns": [
                      {"heading": "Текст", "field": "text", "width": 20},
                      {"heading": "Число", "field": "number", "kind": "number"},
                      {"heading": "Дата", "field": "date", "kind": "date"}]})",
                                        "вид.json")
                                .layout;
  const auto row = [](Value text, Value number, Value date) {
    return Map{{"text", std::move(text)}, {"number", std::move(number)}, {"date", std::move(date)}};
  };
  const ReadBook book(write_workbook(
      layout, Map{{"rows", List{row("=1+1", *Decimal::parse("12.5"), "2023-03-25"), row("+7", "12", "весной"),
                                row("-1", "много", nullptr), row("@А", nullptr, "31.12.2023"),
                                row("1.10", 5, "2023-02-30"), row("_x0041_\x01", 5, nullptr)}}}));
  CHECK(book.sheets() == std::vector<std::string>{"Лист 2023"});
  CHECK(book.text(1) ==
        "Текст|Число|Дата\n=1+1|12.5|45010\n+7|12|весной\n-1|много\n@А|31.12.2023\n1.10|5|2023-02-30\n"
        "_x005F_x0041_|5\n");
  CHECK(book.formula(1, "A2").empty());
  CHECK(holds(book.part("xl/styles.xml"), "formatCode=\"dd.mm.yyyy\""));
}

TEST_CASE("a text that Excel could not hold ends with a note") {
  const GridLayout layout =
      read_layout(R"({"kind": "list", "rows": "rows", "columns": [{"heading": "Текст", "field": "text"}]})", "вид.json")
          .layout;
  std::string text;
  for (int i = 0; i < 40000; ++i)
    text += "ж";
  const ReadBook book(write_workbook(layout, Map{{"rows", List{Map{{"text", text}}}}}));
  const std::string written = book.cell(1, "A2");
  CHECK(count_chars(written) < 32767);
  CHECK(written.ends_with("ж [текст не поместился в ячейку]"));
}

TEST_CASE("a register is certified at its end, and its annulled order struck through") {
  const ReadBook book(write_workbook(shipped_layout("register"), sample("grids/register.json")));
  CHECK(book.sheets() == std::vector<std::string>{"Обложка", "Журнал"});
  CHECK(holds(book.text(1),
              "Журнал регистрации приказов по основной деятельности\nна 2025 год\nНачат 03.01.2025        "
              "Окончен ____________\nИндекс дела 01-06\nХранить постоянно\n"));
  const std::string text = book.text(2);
  CHECK(holds(text,
              "№ п/п|Дата приказа|№ приказа|Дата регистрации|Заголовок|Кем подписан|Исполнитель (подготовил)|Листов "
              "(с приложениями)|Контроль возложен на|Разослан (дата)|Дело, листы|Изменён / отменён (приказ от … № "
              "…)|Примечание\n1|2|3|"));
  CHECK(holds(text, "|аннулирован; ошибка в регистрации\n"));
  CHECK(
      holds(text,
            "Номера пропущены: 7, 13.\nЗарегистрировано приказов: 18 (с № 1 по № 19), литерных: 1, аннулированных: 1; "
            "пронумеровано и прошнуровано ________ листов.\n"));
  CHECK(holds(book.part("xl/styles.xml"), "<strike/>"));
}

TEST_CASE("the completion table is filtered by its headings, sums stand above it") {
  const ReadBook book(write_workbook(shipped_layout("completion"), sample("documents/completion_report.json")));
  const std::string text = book.text(1);
  CHECK(holds(text, "К исполнению 5, выполнено 3 (60 %), частично 1, не выполнено 1; срок не наступил у 1.\n"));
  CHECK(
      holds(text, "№ п/п|Наименование мероприятия|Сроки реализации|Индикативные показатели|Исполнители|Выполнение\n"));
  CHECK(holds(book.sheet_xml(1), "<autoFilter ref=\"A7:F17\"/>"));
}

TEST_CASE("a column that the plan does not have is left out") {
  Value data = sample("documents/completion_report.json");
  data.get_if<Map>()->find("roadmap")->get_if<Map>()->set("has_indicators", false);
  const ReadBook book(write_workbook(shipped_layout("completion"), data));
  CHECK(holds(book.text(1), "№ п/п|Наименование мероприятия|Сроки реализации|Исполнители|Выполнение\n"));
}

TEST_CASE("what the data lacks is told with the row and the column") {
  Value data = plan_data({plan_item("1.2", {})});
  data.get_if<Map>()->find("items")->get_if<List>()->front().get_if<Map>()->erase("title");
  CHECK(refusal(plan_layout(), data) ==
        "В данных нет поля «title». Добавьте его или исправьте имя в описании таблицы. [раздел 1, строка «1.2», графа "
        "«Мероприятие»]");
  GridLayout layout = plan_layout();
  layout.head = {{"План {{roadmap.title}}", LineStyle::title}};
  CHECK(refusal(layout, plan_data({})) ==
        "Тег «{{roadmap.title}}»: Имени «roadmap.title» нет в данных. Исправьте имя в теге или добавьте поле в данные; "
        "необязательные поля перечисляются в данных под именем «$optional». [head]");
}

TEST_CASE("a wrong контрольный срок is told with its item") {
  const auto told = [](Value wrong) {
    return refusal(plan_layout(), plan_data({plan_item("1.2", {std::move(wrong)})}));
  };
  CHECK(told(occurrence("2023-13-01", "2023-01-31")) ==
        "У контрольного срока 1 неверна дата «start». Она записывается как «2023-01-31». [раздел 1, строка «1.2»]");
  CHECK(told(occurrence("2023-02-01", "2023-01-31")) ==
        "Контрольный срок 1 начинается позже, чем кончается. [раздел 1, строка «1.2»]");
  CHECK(told(occurrence("2023-02-01", "2023-02-28", "planned", 30)) ==
        "У контрольного срока 1 день «30» не бывает в этом месяце. [раздел 1, строка «1.2»]");
  CHECK(told(occurrence("2023-02-01", "2023-02-28", "готово")) ==
        "У контрольного срока 1 неизвестное состояние «готово». Бывают: planned, overdue, done, partial, in_progress, "
        "not_done, moved, not_needed. [раздел 1, строка «1.2»]");
}

TEST_CASE("a plan without a period takes that of its сроки, and is refused without any or when it never ends") {
  Value data = plan_data({plan_item("1", {occurrence("2023-05-01", "2023-05-31")})});
  data.get_if<Map>()->set("period", nullptr);
  CHECK(ReadBook(write_workbook(plan_layout(), data)).sheets() == std::vector<std::string>{"2023 год"});
  data.get_if<Map>()->set("items", List{plan_item("1", {})});
  CHECK(refusal(plan_layout(), data) ==
        "Неизвестно, на какой срок план: у него нет ни периода, ни мероприятий с датами. Укажите период. [period]");
  CHECK(refusal(plan_layout(), plan_data({}, "2023-01-01", "2923-01-01")) ==
        "План длится 901 лет: план-график делается не более чем на 30. []");
}

TEST_CASE(
    "a text higher than a row of Excel can be is shown whole: over several rows, with filters in smaller letters") {
  std::string text;
  for (int i = 0; i < 300; ++i)
    text += "мероприятие ";
  Value item = plan_item("1", {occurrence("2023-01-01", "2023-01-31")});
  item.get_if<Map>()->set("title", text);
  const ReadBook plan(write_workbook(plan_layout(), plan_data({item, plan_item("2", {}, "постоянно")})));
  CHECK(holds(plan.sheet_xml(1), "<mergeCell ref=\"B4:B22\"/>"));
  CHECK(plan.formula(1, "C24") == "COUNTA(C4:C23)");
  CHECK(plan.cell(1, "C24") == "1");

  GridLayout list = read_layout(R"({"kind": "list", "rows": "rows", "filter": true,
                      "columns": [{"heading": "Текст", "field": "text", "width": 60}]})",
                                "вид.json")
                        .layout;
  const ReadBook flat(write_workbook(list, Map{{"rows", List{Map{{"text", text + text}}}}}));
  CHECK(flat.sheet_xml(1).find("mergeCell") == std::string::npos);
  CHECK(holds(flat.part("xl/styles.xml"), "<sz val=\"7"));
}

TEST_CASE("a text takes as many lines as words fit, and long words break") {
  const double narrow = text_width("методических", 10, Weight::regular) + 1;
  CHECK(count_lines("", narrow, 10, Weight::regular) == 1);
  CHECK(count_lines("методических", narrow, 10, Weight::regular) == 1);
  CHECK(count_lines("руководители методических", narrow, 10, Weight::regular) == 2);
  CHECK(count_lines("а\nб\n", narrow, 10, Weight::regular) == 3);
  CHECK(count_lines("методическихметодических", narrow, 10, Weight::regular) == 2);
  CHECK(count_lines("учебно-методических", narrow, 10, Weight::regular) == 2);
  CHECK(text_width("План", 10, Weight::bold) > text_width("План", 10, Weight::regular));
}
