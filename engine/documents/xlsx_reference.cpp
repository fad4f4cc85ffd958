#include "documents/xlsx_reference.h"

#include <vector>

#include "base/text.h"

namespace vekha::documents {
namespace {

bool is_letter_byte(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_digit_byte(char c) { return c >= '0' && c <= '9'; }
// What may stand within a name; bytes of other alphabets too.
bool is_name_byte(char c) {
  return is_letter_byte(c) || is_digit_byte(c) || c == '_' || c == '.' || c == '\\' || c == '?' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// One side of a range: a cell, a column or a row.
struct Side {
  uint32_t row = 0, column = 0;
  bool fixed_row = false, fixed_column = false;
};

std::optional<Side> parse_side(std::string_view text, size_t& at) {
  Side side;
  size_t i = at;
  bool dollar = i < text.size() && text[i] == '$';
  if (dollar) ++i;
  size_t letters = 0;
  while (i < text.size() && is_letter_byte(text[i]) && letters < 4) {
    side.column = side.column * 26 + static_cast<uint32_t>((text[i] & ~0x20) - 'A' + 1);
    ++i;
    ++letters;
  }
  if (letters > 3 || side.column > last_column) return std::nullopt;
  if (letters > 0) {
    side.fixed_column = dollar;
    dollar = i < text.size() && text[i] == '$';
    if (dollar) ++i;
  }
  size_t digits = 0;
  while (i < text.size() && is_digit_byte(text[i]) && digits < 8) {
    side.row = side.row * 10 + static_cast<uint32_t>(text[i] - '0');
    ++i;
    ++digits;
  }
  if (side.row > last_row || (digits > 0 && side.row == 0)) return std::nullopt;
  if (digits == 0 && (dollar && letters > 0)) return std::nullopt;
  if (letters == 0 && digits == 0) return std::nullopt;
  side.fixed_row = digits > 0 && dollar;
  at = i;
  return side;
}

// A reference at `at`; a name that only looks like one is none.
std::optional<Reference> parse_reference(std::string_view text, size_t& at) {
  size_t i = at;
  const std::optional<Side> first = parse_side(text, i);
  if (!first) return std::nullopt;
  const bool whole = first->row == 0 || first->column == 0;
  std::optional<Side> last;
  if (i < text.size() && text[i] == ':') {
    size_t behind = i + 1;
    last = parse_side(text, behind);
    if (last && (last->row == 0) == (first->row == 0) && (last->column == 0) == (first->column == 0))
      i = behind;
    else
      last.reset();
  }
  if (whole && !last) return std::nullopt;
  if (i < text.size() && (is_name_byte(text[i]) || text[i] == '(' || text[i] == '!' || text[i] == '['))
    return std::nullopt;
  const Side& end = last ? *last : *first;
  at = i;
  return Reference{{first->row, end.row, first->column, end.column},
                   first->fixed_row,
                   end.fixed_row,
                   first->fixed_column,
                   end.fixed_column,
                   !last};
}

void append_side(std::string& out, uint32_t row, bool fixed_row, uint32_t column, bool fixed_column) {
  if (column > 0) {
    if (fixed_column) out += '$';
    append_column(out, column);
  }
  if (row > 0) {
    if (fixed_row) out += '$';
    out += std::to_string(row);
  }
}

}  // namespace

void append_column(std::string& out, uint32_t column) {
  char letters[4];
  int count = 0;
  for (uint32_t left = column; left > 0 && count < 4; left = (left - 1) / 26)
    letters[count++] = static_cast<char>('A' + (left - 1) % 26);
  while (count > 0)
    out += letters[--count];
}

std::string Reference::to_text() const {
  std::string out;
  append_side(out, range.first_row, fixed_first_row, range.first_column, fixed_first_column);
  if (single && range.first_row == range.last_row && range.first_column == range.last_column) return out;
  out += ':';
  append_side(out, range.last_row, fixed_last_row, range.last_column, fixed_last_column);
  return out;
}

std::optional<CellRange> parse_range(std::string_view text) {
  size_t at = 0;
  const std::optional<Reference> reference = parse_reference(text, at);
  if (!reference || at != text.size()) return std::nullopt;
  return reference->range;
}

std::string to_text(const CellRange& range) { return Reference{range, false, false, false, false, true}.to_text(); }

std::string rewrite_formula(std::string_view formula,
                            const std::function<std::string(const Reference&, const ReferencePlace&)>& rewrite) {
  std::string out;
  std::vector<std::string> functions;
  std::string sheet;
  for (size_t at = 0; at < formula.size();) {
    const char c = formula[at];
    if (c == '"') {
      size_t end = at + 1;
      while (end < formula.size() && !(formula[end] == '"' && !(end + 1 < formula.size() && formula[end + 1] == '"')))
        end += formula[end] == '"' ? 2 : 1;
      end = std::min(end + 1, formula.size());
      out += formula.substr(at, end - at);
      at = end;
    } else if (c == '\'') {
      size_t end = at + 1;
      std::string name;
      while (end < formula.size()) {
        if (formula[end] == '\'') {
          if (end + 1 >= formula.size() || formula[end + 1] != '\'') break;
          ++end;
        }
        name += formula[end++];
      }
      end = std::min(end + 1, formula.size());
      out += formula.substr(at, end - at);
      at = end;
      if (at < formula.size() && formula[at] == '!') {
        sheet = name;
        out += formula[at++];
        continue;
      }
    } else if (c == '[') {
      int depth = 0;
      const size_t begin = at;
      do {
        if (formula[at] == '[') ++depth;
        if (formula[at] == ']') --depth;
        ++at;
      } while (at < formula.size() && depth > 0);
      out += formula.substr(begin, at - begin);
      if (at < formula.size() && (is_name_byte(formula[at]))) {  // another workbook's sheet
        const size_t name = at;
        while (at < formula.size() && is_name_byte(formula[at]))
          ++at;
        out += formula.substr(name, at - name);
        if (at < formula.size() && formula[at] == '!') {
          out += formula[at++];
          sheet.assign(1, '[');
          continue;
        }
      }
    } else if (is_name_byte(c) || c == '$') {
      size_t end = at;
      const std::optional<Reference> reference = parse_reference(formula, end);
      if (reference) {
        out += rewrite(*reference, {sheet, functions.empty() ? std::string() : functions.back()});
        at = end;
      } else {
        end = at + 1;
        while (end < formula.size() && is_name_byte(formula[end]))
          ++end;
        const std::string name(formula.substr(at, end - at));
        out += name;
        at = end;
        if (at < formula.size() && formula[at] == '!') {
          sheet = name;
          out += formula[at++];
          continue;
        }
        if (at < formula.size() && formula[at] == '(') {
          functions.push_back(to_upper(name));
          out += formula[at++];
        }
      }
    } else {
      if (c == '(') functions.emplace_back();
      if (c == ')' && !functions.empty()) functions.pop_back();
      out += c;
      ++at;
    }
    sheet.clear();
  }
  return out;
}

std::string moved_formula(std::string_view formula, int64_t rows, int64_t columns) {
  return rewrite_formula(formula, [&](const Reference& reference, const ReferencePlace&) {
    Reference moved = reference;
    const auto move = [](uint32_t& what, bool fixed, int64_t by) {
      if (!fixed && what > 0) what = static_cast<uint32_t>(static_cast<int64_t>(what) + by);
    };
    move(moved.range.first_row, moved.fixed_first_row, rows);
    move(moved.range.last_row, moved.fixed_last_row, rows);
    move(moved.range.first_column, moved.fixed_first_column, columns);
    move(moved.range.last_column, moved.fixed_last_column, columns);
    return moved.to_text();
  });
}

}  // namespace vekha::documents
