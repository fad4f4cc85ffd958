#include "documents/grid.h"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/json.h"
#include "base/text.h"
#include "templating/plain_text.h"

namespace vekha::documents {
namespace {

template <class T>
using Choices = std::vector<std::pair<const char*, T>>;

const Choices<PeriodUnit> unit_words = {
    {"month", PeriodUnit::month}, {"quarter", PeriodUnit::quarter}, {"week", PeriodUnit::week}};

// Reads one map of the layout: every key asked for is known, the others are faults.
class Reader {
 public:
  Reader(const Value& value, std::string path, const std::string& file, std::vector<Diagnostic>& diagnostics)
      : value_(value), path_(std::move(path)), file_(file), diagnostics_(diagnostics) {
    if (!value.is<Map>())
      fault("wrong-kind", path_,
            fmt::format("{} быть набором ключей в фигурных скобках, а здесь {}.",
                        path_.empty() ? "Описание таблицы должно" : fmt::format("Значение «{}» должно", path_),
                        kind_name(value)));
  }
  Reader(const Reader&) = delete;
  Reader& operator=(const Reader&) = delete;

  void finish() {
    for (const auto& [key, unused] : value_.map()) {
      if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
      const std::string near = nearest(key, known_);
      fault("unknown-key", at(key), fmt::format("Ключ «{}» неизвестен.", at(key)),
            near.empty() ? fmt::format("Здесь бывают ключи: {}.", join(known_, ", "))
                         : fmt::format("Может быть, «{}»?", near));
    }
  }

  std::string at(std::string_view key) const {
    return path_.empty() ? std::string(key) : fmt::format("{}.{}", path_, key);
  }

  bool has(const std::string& key) {
    known_.push_back(key);
    return !value_.at(key).is_null();
  }

  void require(const std::string& key) {
    if (value_.is<Map>() && value_.at(key).is_null())
      fault("missing-key", at(key), fmt::format("Не указано «{}».", at(key)));
  }

  void text(const std::string& key, std::string& into) {
    if (!has(key)) return;
    if (value_.at(key).is<std::string>())
      into = value_.at(key).text();
    else
      wrong_kind(key, "текстом в кавычках");
  }

  // A text with tags, checked as such.
  void pattern(const std::string& key, std::string& into) {
    text(key, into);
    if (!value_.at(key).is<std::string>()) return;
    for (Diagnostic& found : templating::check_text(into)) {
      found.where = {file_, 0, 0, at(key)};
      diagnostics_.push_back(std::move(found));
    }
  }

  void number(const std::string& key, double& into, double least, double most) {
    if (!has(key)) return;
    const Decimal* found = value_.at(key).get_if<Decimal>();
    if (!found) return wrong_kind(key, "числом");
    const double given = found->to_double();
    if (given < least || given > most)
      fault("out-of-range", at(key),
            fmt::format("Число «{}» должно быть от {} до {}, а здесь {}.", at(key), least, most, found->to_text()));
    else
      into = given;
  }

  void flag(const std::string& key, bool& into) {
    if (!has(key)) return;
    if (const bool* found = value_.at(key).get_if<bool>())
      into = *found;
    else
      wrong_kind(key, "словом true или false");
  }

  template <class T>
  void choice(const std::string& key, T& into, const Choices<T>& choices) {
    if (!has(key)) return;
    if (!value_.at(key).is<std::string>()) return wrong_kind(key, "текстом в кавычках");
    std::vector<std::string> words;
    for (const auto& [word, meaning] : choices) {
      if (value_.at(key).text() == word) {
        into = meaning;
        return;
      }
      words.push_back(word);
    }
    fault("unknown-word", at(key), fmt::format("Значение «{}» не может быть «{}».", at(key), value_.at(key).text()),
          fmt::format("Допустимы: {}.", join(words, ", ")));
  }

  void colour(const std::string& key, std::optional<uint32_t>& into) {
    std::string text_value;
    text(key, text_value);
    if (text_value.empty()) return;
    const bool good = text_value.size() == 7 && text_value[0] == '#' &&
                      text_value.find_first_not_of("0123456789ABCDEFabcdef", 1) == std::string::npos;
    if (good)
      into = static_cast<uint32_t>(std::stoul(text_value.substr(1), nullptr, 16));
    else
      fault("wrong-colour", at(key), fmt::format("Цвет «{}» записан неверно: «{}».", at(key), text_value),
            "Цвет записывается как «#FFF2CC».");
  }

  template <class Read>
  void map(const std::string& key, Read read) {
    if (!has(key)) return;
    Reader inner(value_.at(key), at(key), file_, diagnostics_);
    read(inner);
    if (value_.at(key).is<Map>()) inner.finish();
  }

  template <class Read>
  void list(const std::string& key, Read read) {
    if (!has(key)) return;
    if (!value_.at(key).is<List>()) return wrong_kind(key, "списком в квадратных скобках");
    for (size_t i = 0; i < value_.at(key).list().size(); ++i) {
      const Value& entry = value_.at(key).list()[i];
      Reader inner(entry, fmt::format("{}[{}]", at(key), i + 1), file_, diagnostics_);
      read(inner);
      if (entry.is<Map>()) inner.finish();
    }
  }

  void fault(const char* code, const std::string& place, std::string message, std::string hint = {}) {
    diagnostics_.push_back({Severity::error, code, {file_, 0, 0, place}, std::move(message), std::move(hint)});
  }

 private:
  void wrong_kind(const std::string& key, const char* expected) {
    fault("wrong-kind", at(key),
          fmt::format("Значение «{}» должно быть {}, а здесь {}.", at(key), expected, kind_name(value_.at(key))));
  }

  const Value& value_;
  std::string path_;
  const std::string& file_;
  std::vector<Diagnostic>& diagnostics_;
  std::vector<std::string> known_;
};

void read_lines(Reader& reader, const std::string& key, std::vector<GridLine>& into) {
  reader.list(key, [&](Reader& entry) {
    GridLine line;
    entry.pattern("text", line.text);
    entry.require("text");
    entry.choice("style", line.style,
                 {{"title", LineStyle::title},
                  {"subtitle", LineStyle::subtitle},
                  {"plain", LineStyle::plain},
                  {"right", LineStyle::right}});
    into.push_back(std::move(line));
  });
}

void read_page(Reader& reader, GridPage& page) {
  reader.choice("orientation", page.orientation,
                {{"portrait", Orientation::portrait}, {"landscape", Orientation::landscape}});
  reader.choice("paper", page.paper, {{"A4", Paper::a4}, {"A3", Paper::a3}});
  reader.map("margins", [&](Reader& margins) {
    margins.number("left", page.left, 0, 100);
    margins.number("right", page.right, 0, 100);
    margins.number("top", page.top, 0, 100);
    margins.number("bottom", page.bottom, 0, 100);
  });
  reader.text("footer", page.footer);
  // Excel's own limit; a longer footer would be dropped.
  if (count_chars(page.footer) > 200)
    reader.fault("too-long", reader.at("footer"),
                 fmt::format("Текст «{}» длиннее 200 знаков: Excel его не примет.", reader.at("footer")));
}

void read_column(Reader& reader, GridColumn& column) {
  reader.choice("kind", column.kind,
                {{"text", ColumnKind::text},
                 {"number", ColumnKind::number},
                 {"date", ColumnKind::date},
                 {"periods", ColumnKind::periods},
                 {"undated", ColumnKind::undated},
                 {"marks", ColumnKind::marks}});
  reader.text("heading", column.heading);
  reader.text("field", column.field);
  reader.pattern("text", column.text);
  reader.text("when", column.when);
  reader.number("width", column.width, 1, 200);
  reader.choice("align", column.align,
                {{"left", Alignment::left}, {"center", Alignment::center}, {"right", Alignment::right}});
  if (column.kind == ColumnKind::periods) return;
  reader.require("heading");
  const bool computed = column.kind == ColumnKind::undated;
  if (!computed && column.field.empty() == column.text.empty())
    reader.fault("column-source", reader.at("field"),
                 fmt::format("У графы «{}» должно быть что-то одно: «field» или «text».", column.heading));
}

void read_periods(Reader& reader, GridPeriods& periods) {
  reader.choice("unit", periods.unit, unit_words);
  reader.choice("year", periods.year,
                {{"auto", YearKind::automatic}, {"calendar", YearKind::calendar}, {"school", YearKind::school}});
  reader.text("period", periods.period);
  reader.text("occurrences", periods.occurrences);
  reader.text("undated", periods.undated);
  reader.text("otherwise", periods.otherwise);
  reader.text("state", periods.state);
  reader.map("widths", [&](Reader& widths) {
    widths.number("month", periods.month_width, 1, 100);
    widths.number("quarter", periods.quarter_width, 1, 100);
    widths.number("week", periods.week_width, 1, 100);
  });
}

void read_states(Reader& reader, const Value& value, GridLayout& layout) {
  for (const auto& [word, unused] : value.map())
    if (const auto state = roadmap::mark_state_from(word); state && word == roadmap::to_string(*state))
      layout.state_order.push_back(*state);
  const auto word_of = [](size_t i) { return roadmap::to_string(static_cast<MarkState>(i)); };
  for (size_t i = 0; i < mark_state_count; ++i) {
    StateLook& look = layout.states[i];
    reader.map(word_of(i), [&](Reader& entry) {
      entry.text("sign", look.sign);
      entry.require("sign");
      entry.text("name", look.name);
      entry.require("name");
      entry.colour("fill", look.fill);
      entry.flag("bold", look.bold);
    });
    reader.require(word_of(i));
  }
  // Black-and-white printers: two states with one sign could not be told apart.
  for (size_t i = 0; i < mark_state_count; ++i)
    for (size_t j = i + 1; j < mark_state_count; ++j)
      if (!layout.states[i].sign.empty() && layout.states[i].sign == layout.states[j].sign)
        reader.fault("same-sign", reader.at(word_of(j)),
                     fmt::format("Знак «{}» стоит и у «{}», и у «{}»: на чёрно-белой печати их не различить.",
                                 layout.states[i].sign, reader.at(word_of(i)), reader.at(word_of(j))),
                     "Дайте каждому состоянию свой знак.");
}

void check_plan(Reader& reader, const GridLayout& layout) {
  const auto count = [&](ColumnKind kind) {
    return std::count_if(layout.columns.begin(), layout.columns.end(),
                         [kind](const GridColumn& column) { return column.kind == kind; });
  };
  const bool plan = layout.kind == GridKind::plan;
  const auto periods = count(ColumnKind::periods);
  if (plan && periods != 1)
    reader.fault("period-columns", "columns",
                 fmt::format("В плане-графике должна быть одна графа вида «periods», а их {}.", periods));
  if (plan && count(ColumnKind::undated) != 1)
    reader.fault(
        "undated-column", "columns",
        fmt::format("В плане-графике должна быть одна графа вида «undated», а их {}.", count(ColumnKind::undated)),
        "Без неё пропали бы мероприятия без даты.");
  if (plan && periods == 1 && layout.columns.front().kind == ColumnKind::periods)
    reader.fault("period-columns", "columns[1]", "Перед графами периодов должна стоять хотя бы одна графа с текстом.");
  if (plan && !layout.periods) reader.fault("missing-key", "periods", "Не указано «periods».");
  if (!plan && periods + count(ColumnKind::undated) + count(ColumnKind::marks) > 0)
    reader.fault("period-columns", "columns", "Графы «periods», «undated» и «marks» бывают только в плане-графике.",
                 "Укажите «\"kind\": \"plan\"».");
}

}  // namespace

std::optional<PeriodUnit> period_unit_from(std::string_view word) {
  for (const auto& [name, unit] : unit_words)
    if (word == name) return unit;
  return std::nullopt;
}

GridLayoutReading read_layout(std::string_view json, const std::string& file) {
  const Value value = parse_json(json, file);
  GridLayoutReading reading;
  GridLayout& layout = reading.layout;
  Reader reader(value, {}, file, reading.diagnostics);
  if (!value.is<Map>()) return reading;

  reader.choice("kind", layout.kind,
                {{"plan", GridKind::plan}, {"order-register", GridKind::order_register}, {"list", GridKind::list}});
  reader.require("kind");
  reader.pattern("sheet", layout.sheet);
  reader.map("font", [&](Reader& font) {
    font.text("name", layout.font);
    font.number("size", layout.font_size, 6, 24);
  });
  reader.map("page", [&](Reader& page) { read_page(page, layout.page); });
  reader.map("cover", [&](Reader& cover) {
    cover.text("sheet", layout.cover_sheet);
    cover.require("sheet");
    read_lines(cover, "lines", layout.cover);
  });
  read_lines(reader, "head", layout.head);
  reader.map("groups", [&](Reader& groups) {
    groups.text("list", layout.groups);
    groups.require("list");
    groups.pattern("heading", layout.group_heading);
  });
  reader.text("rows", layout.rows);
  reader.require("rows");
  reader.list("columns", [&](Reader& column) { read_column(column, layout.columns.emplace_back()); });
  if (layout.columns.empty())
    reader.fault("no-columns", "columns", "В таблице нет ни одной графы.", "Перечислите графы в «columns».");
  reader.flag("number_row", layout.number_row);
  reader.flag("filter", layout.filter);
  double frozen = 0;
  reader.number("frozen_columns", frozen, 0, 20);
  layout.frozen_columns = static_cast<int>(frozen);
  reader.text("strike_when", layout.strike_when);
  reader.map("periods", [&](Reader& periods) { read_periods(periods, layout.periods.emplace()); });
  if (reader.has("states") || layout.kind == GridKind::plan) {
    reader.require("states");
    reader.map("states", [&](Reader& states) { read_states(states, value.at("states"), layout); });
  }
  reader.text("totals", layout.totals);
  reader.map("workload", [&](Reader& workload) {
    GridWorkload& into = layout.workload.emplace();
    workload.text("field", into.field);
    workload.require("field");
    workload.pattern("sheet", into.sheet);
    workload.require("sheet");
    read_lines(workload, "head", into.head);
  });
  reader.text("legend", layout.legend);
  read_lines(reader, "foot", layout.foot);
  reader.list("signature", [&](Reader& entry) {
    SignatureLine& line = layout.signature.emplace_back();
    entry.pattern("left", line.left);
    entry.pattern("right", line.right);
  });
  if (!layout.columns.empty()) check_plan(reader, layout);
  reader.finish();
  return reading;
}

}  // namespace vekha::documents
