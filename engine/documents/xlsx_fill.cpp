#include "documents/xlsx_fill.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/error.h"
#include "base/text.h"
#include "documents/grid_measure.h"

namespace vekha::documents {
namespace {

using templating::TagKind;
using xml::Node;

constexpr size_t max_turns = 20'000'000;
constexpr size_t max_bytes = 512u << 20;
constexpr size_t max_text = 32'767;  // characters of a cell
constexpr size_t max_diagnostics = 500;
constexpr double max_height = 409;

uint32_t number(std::string_view digits, uint32_t otherwise = 0) {
  uint32_t value = otherwise;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}
double real(std::string_view digits, double otherwise) {
  double value = otherwise;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// Excel reads «_x0041_» within a text as a letter.
std::string escaped_cell_text(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto hex = [&](size_t at) { return at < text.size() && std::isxdigit(static_cast<unsigned char>(text[at])); };
    if (text[i] == '_' && i + 6 < text.size() && text[i + 1] == 'x' && hex(i + 2) && hex(i + 3) && hex(i + 4) &&
        hex(i + 5) && text[i + 6] == '_')
      out += "_x005F_";
    else if (text[i] != '\r')
      out += text[i];
  }
  std::string escaped;
  xml::append_escaped(escaped, out);
  return escaped;
}

// Blanks at the ends, and only they, have to be asked for.
std::string text_element(const std::string& content) {
  const auto blank = [](char c) { return c == ' ' || c == '\n' || c == '\t'; };
  const bool kept = !content.empty() && (blank(content.front()) || blank(content.back()));
  return (kept ? "<t xml:space=\"preserve\">" : "<t>") + content + "</t>";
}

bool shows_dates(std::string_view code) {
  bool quoted = false, bracket = false;
  for (size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '"') quoted = !quoted;
    if (c == '\\') {
      ++i;
      continue;
    }
    if (c == '[') bracket = true;
    if (c == ']') bracket = false;
    if (quoted || bracket) continue;
    if (c == 'd' || c == 'm' || c == 'y' || c == 'h' || c == 'D' || c == 'M' || c == 'Y' || c == 'H') return true;
  }
  return false;
}

// Days as Excel counts them: 1 January 1900 is 1, and 1900 was a leap year.
int64_t serial(Date date) {
  const int64_t days = std::chrono::sys_days(date).time_since_epoch().count() + 25569;
  return days < 61 ? days - 1 : days;
}

class Filler {
 public:
  Filler(const FormSheet& sheet, FormFilling& filling, FilledSheet& result)
      : sheet_(sheet), filling_(filling), result_(result), map_(result.map) {}

  void run() {
    read_frame();
    for (size_t i = 1; i < sheet_.sections.size(); ++i)
      map_.sections.push_back({sheet_.sections[i].first, sheet_.sections[i].last, sheet_.sections[i].parent});
    count_columns();
    rows_of(0, 0, 1, last_row);
    map_.used_rows = used_;
  }

 private:
  // What a section's value asks for.
  struct Turns {
    Value storage;  // `value` may lie here: it stays where it is
    const Value* value = nullptr;
    const List* list = nullptr;
    size_t count = 0;
    bool pushes = false;
  };

  void count(const FormTag& tag, Turns& turns) {
    turns.value = filling_.evaluate(tag, turns.storage);
    const bool wanted = tag.tag.kind == TagKind::section;
    if (!turns.value || templating::is_true(*turns.value) != wanted) return;
    turns.count = 1;
    if (!wanted || turns.value->is<bool>()) return;
    turns.pushes = true;
    turns.list = turns.value->get_if<List>();
    if (turns.list) turns.count = turns.list->size();
  }
  void begin(const Turns& turns, size_t index) {
    if (++filling_.turns > max_turns)
      throw Error(ErrorCode::refused,
                  fmt::format("В шаблоне «{}» больше {} повторов. Проверьте, не вложены ли списки сами в себя, или "
                              "уменьшите данные.",
                              filling_.file, max_turns),
                  filling_.file);
    if (!turns.pushes) return;
    if (turns.list)
      filling_.scope.push((*turns.list)[index], index + 1, turns.list->size());
    else
      filling_.scope.push(*turns.value);
  }
  void end(const Turns& turns) {
    if (turns.pushes) filling_.scope.pop();
  }

  void read_frame() {
    const xml::Document frame = xml::Document::parse(sheet_.frame);
    const Node format = frame.root().child("sheetFormatPr");
    default_width_ = real(format.attribute("defaultColWidth"), 8.43);
    for (const Node& one : frame.root().child("cols").children("col")) {
      const uint32_t last = std::min(number(one.attribute("max")), last_column);
      for (uint32_t column = number(one.attribute("min")); column <= last && column < 1000; ++column)
        widths_[column] = real(one.attribute("width"), default_width_);
    }
    for (const Node& one : frame.root().child("mergeCells").children("mergeCell"))
      if (const auto range = parse_range(one.attribute("ref"));
          range && range->first_column > 0 && range->first_row > 0)
        merges_[{range->first_row, range->first_column}] = *range;
  }

  void count_columns() {
    for (const size_t first : sheet_.column_groups) {
      const FormColumns& group = sheet_.columns[first];
      Turns turns;
      count(sheet_.tags[group.tag], turns);
      map_.columns.push_back({group.first, group.last, static_cast<uint32_t>(turns.count)});
      counts_.push_back(turns.count);
    }
    std::sort(map_.columns.begin(), map_.columns.end(),
              [](const ColumnRepeat& a, const ColumnRepeat& b) { return a.first < b.first; });
  }

  void rows_of(size_t section, size_t turn, uint32_t first, uint32_t last) {
    const std::vector<size_t>& children = sheet_.sections[section].children;
    size_t child = 0;
    auto row = std::lower_bound(sheet_.rows.begin(), sheet_.rows.end(), first,
                                [](const FormRow& one, uint32_t value) { return one.number < value; });
    for (uint32_t at = first; at <= last; ++at) {
      if (section == 0) {
        // Between what is there, nothing happens.
        uint32_t next = row == sheet_.rows.end() ? last_row + 1 : row->number;
        if (child < children.size()) next = std::min(next, sheet_.sections[children[child]].first);
        if (next > last) return;
        at = next;
      }
      if (child < children.size() && sheet_.sections[children[child]].first == at) {
        const FormSection& inner = sheet_.sections[children[child]];
        section_of_rows(children[child], turn);
        ++child;
        at = inner.last;
        while (row != sheet_.rows.end() && row->number <= inner.last)
          ++row;
        if (section == 0) map_.move(at + 1, delta_);
        continue;
      }
      const bool there = row != sheet_.rows.end() && row->number == at;
      if (there && row->boundary) {
        --delta_;
        map_.gone(at);
        if (section == 0) map_.move(at + 1, delta_);
      } else {
        const auto to = static_cast<uint32_t>(static_cast<int64_t>(at) + delta_);
        if (section != 0) map_.printed(at, to);
        if (there) print(*row, to, turn);
      }
      if (there) ++row;
    }
  }

  void section_of_rows(size_t index, size_t parent) {
    const FormSection& section = sheet_.sections[index];
    Turns turns;
    count(sheet_.tags[section.tag], turns);
    const int64_t height = section.last - section.first + 1;
    if (turns.count == 0) delta_ -= height;
    for (size_t i = 0; i < turns.count; ++i) {
      if (i > 0) delta_ += height;
      const size_t turn = map_.turns.size();
      map_.turns.push_back({parent, index, static_cast<uint32_t>(section.first + delta_), last_row});
      begin(turns, i);
      rows_of(index, turn, section.first, section.last);
      end(turns);
      map_.turns[turn].last = static_cast<uint32_t>(section.last + delta_);
    }
  }

  void print(const FormRow& row, uint32_t to, size_t turn) {
    if (to > last_row) refuse("строк");
    if (filling_.bytes + result_.rows.size() > max_bytes)
      throw Error(ErrorCode::refused,
                  fmt::format("Документ по шаблону «{}» получается больше {} МБ. Уменьшите данные или разделите их на "
                              "несколько документов.",
                              filling_.file, max_bytes >> 20),
                  filling_.file);
    used_ = std::max(used_, to);
    std::string& out = result_.rows;
    out += "<row r=\"";
    row_text_ = std::to_string(to);
    out += row_text_;
    out += '"';
    out += row.attributes;
    const size_t height_at = out.size();
    out += '>';
    needed_ = row.height;
    place_ = {turn, nullptr, 0};
    grows_ = false;
    for (size_t i = 0; i < row.cells.size();) {
      const size_t group = group_of(row.cells[i].column);
      if (group == SIZE_MAX) {
        const uint32_t column = map_.columns.empty() ? row.cells[i].column : map_.column(row.cells[i].column).first;
        print(row, row.cells[i], column);
        ++i;
      } else {
        i = print_group(row, i, group);
      }
    }
    out += "</row>";
    if (row.height > 0 || grows_)
      out.insert(height_at, fmt::format(" ht=\"{:g}\" customHeight=\"1\"", std::min(needed_, max_height)));
    if ((row.height > 0 || grows_) && !result_.holes.empty()) shift_holes(height_at, out);
  }

  // The row's height was written before its formulas.
  void shift_holes(size_t from, const std::string& out) {
    const size_t by = out.find('>', from) - from;
    for (auto hole = result_.holes.rbegin(); hole != result_.holes.rend() && hole->at > from; ++hole)
      hole->at += by;
  }

  size_t group_of(uint32_t column) const {
    for (size_t i = 0; i < sheet_.column_groups.size(); ++i) {
      const FormColumns& one = sheet_.columns[sheet_.column_groups[i]];
      if (column >= one.first && column <= one.last) return i;
    }
    return SIZE_MAX;
  }

  size_t print_group(const FormRow& row, size_t from, size_t group) {
    const FormColumns& primary = sheet_.columns[sheet_.column_groups[group]];
    size_t behind = from;
    while (behind < row.cells.size() && row.cells[behind].column <= primary.last)
      ++behind;
    const SheetMap::Span span = map_.column(primary.first);
    const FormColumns* own = &primary;
    for (const FormColumns& one : sheet_.columns)
      if (one.group == group && row.number >= one.first_row && row.number <= one.last_row) own = &one;
    const uint32_t width = primary.last - primary.first + 1;
    if (row.number < primary.first_row) {  // stands above: once
      for (size_t i = from; i < behind && span.first > 0; ++i)
        print(row, row.cells[i], span.first + row.cells[i].column - primary.first);
      return behind;
    }
    Turns turns;
    count(sheet_.tags[own->tag], turns);
    if (turns.count != counts_[group]) {
      std::vector<Diagnostic> faults{
          {Severity::error,
           "columns-uneven",
           {},
           fmt::format("Столбцов здесь {}, а в начале таблицы {}.", turns.count, counts_[group]),
           "Дайте каждой строке столько значений, сколько столбцов; пустое место – null."}};
      filling_.report(sheet_.tags[own->tag], faults);
      return behind;
    }
    const auto repeat = std::find_if(map_.columns.begin(), map_.columns.end(),
                                     [&](const ColumnRepeat& one) { return one.first == primary.first; });
    for (size_t turn = 0; turn < turns.count; ++turn) {
      begin(turns, turn);
      place_.columns = &*repeat;
      place_.column_turn = static_cast<uint32_t>(turn);
      for (size_t i = from; i < behind; ++i)
        print(row, row.cells[i],
              span.first + static_cast<uint32_t>(turn) * width + row.cells[i].column - primary.first);
      end(turns);
    }
    place_.columns = nullptr;
    return behind;
  }

  void print(const FormRow& row, const FormCell& cell, uint32_t column) {
    if (column == 0) return;
    if (column > last_column) refuse("столбцов");
    std::string& out = result_.rows;
    out += "<c r=\"";
    append_column(out, column);
    out += row_text_;
    out += '"';
    if (cell.text != SIZE_MAX) return print_tagged(row, cell);
    style(cell.style);
    if (!cell.formula.empty()) {
      // The computed value is of the template: whoever opens the file computes it anew.
      out += "><f";
      result_.holes.push_back({out.size(), &cell, place_});
      out += "</f></c>";
      return;
    }
    if (cell.value.empty()) {
      out += "/>";
      return;
    }
    if (!cell.kind.empty()) out += " t=\"" + cell.kind + "\"";
    if (cell.kind == "inlineStr") {
      out += ">" + cell.value + "</c>";
    } else {
      if (cell.kind == "s") ++filling_.strings.used;
      out += "><v>" + cell.value + "</v></c>";
    }
  }

  void style(const std::string& number_of_style) {
    if (number_of_style.empty()) return;
    result_.rows += " s=\"";
    result_.rows += number_of_style;
    result_.rows += '"';
  }

  void print_tagged(const FormRow& row, const FormCell& cell) {
    const CellText& text = sheet_.texts[cell.text];
    if (text.only_tag != SIZE_MAX && sheet_.tags[text.only_tag].role != TagRole::inside && !has_inner(text)) {
      Value storage;
      const FormTag& tag = sheet_.tags[text.only_tag];
      const Value* value = filling_.evaluate(tag, storage);
      if (!value || value->is_null()) {
        style(cell.style);
        result_.rows += "/>";
        return;
      }
      if (print_value(*value, cell)) return;
    }
    const std::vector<std::pair<std::string, std::string>> runs = filling_.text_of(text, sheet_.tags);
    std::string plain;
    for (const auto& [properties, content] : runs)
      plain += content;
    style(cell.style);
    if (plain.empty()) {
      result_.rows += "/>";
      return;
    }
    if (plain.size() > max_text && count_chars(plain) > max_text) {
      std::vector<Diagnostic> faults{{Severity::error,
                                      "cell-too-long",
                                      {},
                                      fmt::format("Текст ячейки длиннее {} знаков.", max_text),
                                      "Сократите его: больше в ячейку Excel не помещается."}};
      size_t tag = 0;
      for (const TextRun& run : text.runs)
        for (const TextPiece& piece : run.pieces)
          if (piece.tag != SIZE_MAX) tag = piece.tag;
      filling_.report(sheet_.tags[tag], faults);
    }
    std::string item;
    if (text.rich) {
      for (const auto& [properties, content] : runs)
        if (!content.empty()) item += "<r>" + properties + text_element(content) + "</r>";
    } else {
      item = text_element(plain);
    }
    result_.rows += " t=\"s\"><v>";
    result_.rows += std::to_string(filling_.strings.add(item));
    result_.rows += "</v></c>";
    ++filling_.strings.used;
    make_room(row, cell, plain);
  }

  bool has_inner(const CellText& text) const {
    for (const TextRun& run : text.runs)
      for (const TextPiece& piece : run.pieces)
        if (piece.tag != SIZE_MAX && sheet_.tags[piece.tag].role == TagRole::inside) return true;
    return false;
  }

  // A number, a date or a truth as itself. False for what is printed as text.
  bool print_value(const Value& value, const FormCell& cell) {
    std::string& out = result_.rows;
    const CellFormat& format = filling_.formats.of(cell.style);
    if (format.kind == CellFormat::Kind::text) return false;
    const auto numeric = [&](const std::string& number_style, const std::string& digits) {
      style(number_style);
      out += "><v>" + digits + "</v></c>";
      return true;
    };
    if (const Decimal* decimal = value.get_if<Decimal>()) return numeric(cell.style, decimal->to_text());
    if (const bool* truth = value.get_if<bool>()) {
      style(cell.style);
      out += *truth ? " t=\"b\"><v>1</v></c>" : " t=\"b\"><v>0</v></c>";
      return true;
    }
    const auto dated = [&](bool with_time) {
      return format.kind == CellFormat::Kind::date ? cell.style : filling_.formats.dated(cell.style, with_time);
    };
    if (const LocalTime* time = value.get_if<LocalTime>())
      return numeric(dated(true),
                     fmt::format("{:.10g}", static_cast<double>(serial(time->date)) + time->seconds / 86400.0));
    const std::optional<Date> date = value.date();
    if (date && serial(*date) > 0) return numeric(dated(false), std::to_string(serial(*date)));
    return false;
  }

  // Excel measures rows itself, but not where cells are merged or the height was set by hand.
  void make_room(const FormRow& row, const FormCell& cell, const std::string& text) {
    const CellFormat& format = filling_.formats.of(cell.style);
    const auto merge = merges_.find({row.number, cell.column});
    const bool merged = merge != merges_.end();
    if (merged ? merge->second.first_row != merge->second.last_row : row.height == 0) return;
    if (!format.wraps) return;
    double width = 0;
    const uint32_t last = merged ? merge->second.last_column : cell.column;
    for (uint32_t column = cell.column; column <= last; ++column) {
      const auto found = widths_.find(column);
      width += outer_width(found == widths_.end() ? default_width_ : found->second);
    }
    const int lines = count_lines(text, width - 4, format.font_size, format.bold ? Weight::bold : Weight::regular);
    const double height = row_height(lines, format.font_size);
    if (height <= std::max(needed_, lines > 1 ? 0.0 : 1e9)) return;
    needed_ = height;
    grows_ = true;
  }

  [[noreturn]] void refuse(const char* what) {
    throw Error(ErrorCode::refused,
                fmt::format("На листе «{}» шаблона «{}» получается {} больше, чем бывает в Excel. Уменьшите данные или "
                            "разделите их на несколько документов.",
                            sheet_.name, filling_.file, what),
                filling_.file);
  }

  const FormSheet& sheet_;
  FormFilling& filling_;
  FilledSheet& result_;
  SheetMap& map_;
  int64_t delta_ = 0;
  uint32_t used_ = 0;
  std::string row_text_;
  FormulaPlace place_;
  std::vector<size_t> counts_;
  std::map<uint32_t, double> widths_;
  std::map<std::pair<uint32_t, uint32_t>, CellRange> merges_;
  double default_width_ = 8.43;
  double needed_ = 0;
  bool grows_ = false;
};

}  // namespace

size_t SharedStrings::add(const std::string& xml) {
  const auto [found, added] = numbers_.emplace(xml, next_);
  if (added) {
    added_.push_back(xml);
    ++next_;
  }
  return found->second;
}

CellFormats CellFormats::read(std::string_view styles) {
  CellFormats result;
  if (styles.empty()) return result;
  const xml::Document document = xml::Document::parse(styles);
  std::map<uint32_t, bool> dates;
  for (const Node& one : document.root().child("numFmts").children("numFmt"))
    dates[number(one.attribute("numFmtId"))] = shows_dates(one.attribute("formatCode"));
  const std::vector<Node> fonts = document.root().child("fonts").children("font");
  for (const Node& one : document.root().child("cellXfs").children("xf")) {
    CellFormat format;
    const uint32_t id = number(one.attribute("numFmtId"));
    const bool builtin =
        (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58);
    if (builtin || (dates.count(id) > 0 && dates[id]))
      format.kind = CellFormat::Kind::date;
    else if (id == 49)
      format.kind = CellFormat::Kind::text;
    else if (id != 0)
      format.kind = CellFormat::Kind::number;
    const std::string_view wraps = one.child("alignment").attribute("wrapText");
    format.wraps = wraps == "1" || wraps == "true";
    const uint32_t font = number(one.attribute("fontId"));
    if (font < fonts.size()) {
      format.font_size = real(fonts[font].child("sz").attribute("val"), 11);
      format.bold = static_cast<bool>(fonts[font].child("b"));
    }
    result.formats_.push_back(format);
  }
  return result;
}

const CellFormat& CellFormats::of(std::string_view style) const {
  static const CellFormat plain;
  const size_t index = number(style);
  return index < formats_.size() ? formats_[index] : plain;
}

std::string CellFormats::dated(const std::string& style, bool with_time) {
  const auto [found, added] = dated_.emplace(std::pair{number(style), with_time}, formats_.size() + added_.size());
  if (added) added_.emplace_back(number(style), with_time);
  return std::to_string(found->second);
}

std::string CellFormats::written(std::string_view styles) const {
  if (added_.empty()) return {};
  xml::Document document = xml::Document::parse(styles);
  Node formats = document.root().child("cellXfs");
  const std::vector<Node> known = formats.children("xf");
  for (const auto& [base, with_time] : added_) {
    if (base >= known.size()) continue;
    Node copy = formats.append_copy(known[base]);
    copy.set_attribute("numFmtId", with_time ? "22" : "14");
    copy.set_attribute("applyNumberFormat", "1");
  }
  formats.set_attribute("count", std::to_string(formats.children("xf").size()));
  return document.to_string();
}

const Value* FormFilling::evaluate(const FormTag& tag, Value& storage) {
  std::vector<Diagnostic> faults;
  const Value* value = scope.evaluate(tag.tag.expression, storage, faults);
  if (!faults.empty()) report(tag, faults);
  return value;
}

void FormFilling::report(const FormTag& tag, std::vector<Diagnostic>& faults) {
  for (Diagnostic& fault : faults) {
    fault.message = fmt::format("Тег «{}»: {}", tag.tag.source, fault.message);
    const bool known = std::any_of(diagnostics.begin(), diagnostics.end(), [&](const Diagnostic& one) {
      return one.message == fault.message && one.where.place.starts_with(tag.place);
    });
    if (known || diagnostics.size() >= max_diagnostics) continue;
    const std::string at = scope.turns();
    fault.where = {file, 0, 0, tag.place + (at.empty() ? std::string() : ", повтор " + at)};
    diagnostics.push_back(std::move(fault));
  }
}

std::vector<std::pair<std::string, std::string>> FormFilling::text_of(const CellText& text,
                                                                      const std::vector<FormTag>& tags) {
  std::vector<std::pair<std::string, std::string>> runs;
  struct At {
    size_t run;
    const TextPiece* piece;
  };
  std::vector<At> flat;
  for (size_t i = 0; i < text.runs.size(); ++i) {
    runs.emplace_back(text.runs[i].properties, std::string());
    for (const TextPiece& piece : text.runs[i].pieces)
      flat.push_back({i, &piece});
  }
  const std::function<void(size_t, size_t)> print = [&](size_t from, size_t to) {
    for (size_t i = from; i < to; ++i) {
      const TextPiece& piece = *flat[i].piece;
      std::string& out = runs[flat[i].run].second;
      if (piece.tag == SIZE_MAX) {
        out += piece.literal;
        continue;
      }
      const FormTag& tag = tags[piece.tag];
      const bool opens = tag.tag.kind == TagKind::section || tag.tag.kind == TagKind::inverted;
      if (tag.tag.kind == TagKind::value) {
        Value storage;
        const Value* value = evaluate(tag, storage);
        if (!value) continue;
        std::vector<Diagnostic> faults;
        out += escaped_cell_text(templating::to_text(*value, faults));
        if (!faults.empty()) report(tag, faults);
      } else if (opens && tag.role == TagRole::inside) {
        size_t close = i + 1;
        while (close < to && flat[close].piece->tag != tag.partner)
          ++close;
        Value storage;
        const Value* value = evaluate(tag, storage);
        const bool wanted = tag.tag.kind == TagKind::section;
        if (value && templating::is_true(*value) == wanted) {
          const List* list = wanted ? value->get_if<List>() : nullptr;
          const bool pushes = wanted && !value->is<bool>();
          for (size_t turn = 0; turn < (list ? list->size() : 1); ++turn) {
            if (++turns > max_turns || bytes + out.size() > max_bytes)
              throw Error(ErrorCode::refused,
                          fmt::format("В шаблоне «{}» больше {} повторов. Проверьте, не вложены ли списки сами в себя, "
                                      "или уменьшите данные.",
                                      file, max_turns),
                          file);
            if (list)
              scope.push((*list)[turn], turn + 1, list->size());
            else if (pushes)
              scope.push(*value);
            print(i + 1, close);
            if (pushes) scope.pop();
          }
        }
        i = close;
      }
    }
  };
  print(0, flat.size());
  return runs;
}

FilledSheet fill_sheet(const FormSheet& sheet, FormFilling& filling) {
  FilledSheet result;
  result.sheet = &sheet;
  for (const auto& [element, text] : sheet.page_lines) {
    std::string line;
    for (const TextRun& run : text.runs)
      for (const TextPiece& piece : run.pieces) {
        if (piece.tag == SIZE_MAX) {
          line += xml::Document::parse("<a>" + piece.literal + "</a>").root().text();
          continue;
        }
        const FormTag& tag = sheet.page_tags[piece.tag];
        Value storage;
        const Value* value = filling.evaluate(tag, storage);
        if (!value) continue;
        std::vector<Diagnostic> faults;
        line += replace_all(templating::to_text(*value, faults), "&", "&&");  // «&» begins a code there
        if (!faults.empty()) filling.report(tag, faults);
      }
    result.page_lines.emplace_back(element, std::move(line));
  }
  Filler(sheet, filling, result).run();
  filling.bytes += result.rows.size();
  return result;
}

}  // namespace vekha::documents
