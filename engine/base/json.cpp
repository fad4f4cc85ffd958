#include "base/json.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/duration.h"
#include "base/error.h"
#include "base/text.h"

namespace vekha {
namespace {

using Json = nlohmann::ordered_json;

constexpr size_t max_depth = 200;

// Builds Values straight from the parser's events, so that numbers keep their exact digits.
class Builder final : public nlohmann::json_sax<Json> {
 public:
  Value result;
  size_t error_at = std::string::npos;
  bool too_deep = false;

  bool null() override { return put(Value()); }
  bool boolean(bool truth) override { return put(truth); }
  bool number_integer(int64_t number) override { return put(Decimal(number)); }
  bool number_unsigned(uint64_t number) override { return put(Decimal(static_cast<__int128>(number), 0)); }
  bool number_float(double number, const std::string& digits) override {
    const auto exact = Decimal::parse(digits);
    return put(exact ? *exact : Decimal::parse(fmt::format("{}", number)).value_or(Decimal()));
  }
  bool string(std::string& text) override { return put(std::move(text)); }
  bool binary(Json::binary_t&) override { return false; }
  bool start_object(size_t) override { return open(Map()); }
  bool key(std::string& name) override {
    keys_.back() = std::move(name);
    return true;
  }
  bool end_object() override { return close(); }
  bool start_array(size_t) override { return open(List()); }
  bool end_array() override { return close(); }
  bool parse_error(size_t position, const std::string&, const nlohmann::detail::exception&) override {
    error_at = position;
    return false;
  }

 private:
  bool put(Value value) {
    if (stack_.empty())
      result = std::move(value);
    else if (List* list = stack_.back().get_if<List>())
      list->push_back(std::move(value));
    else
      stack_.back().get_if<Map>()->set(keys_.back(), std::move(value));
    return true;
  }
  bool open(Value container) {
    if (stack_.size() >= max_depth) {
      too_deep = true;
      return false;
    }
    stack_.push_back(std::move(container));
    keys_.emplace_back();
    return true;
  }
  bool close() {
    Value done = std::move(stack_.back());
    stack_.pop_back();
    keys_.pop_back();
    return put(std::move(done));
  }

  std::vector<Value> stack_;
  std::vector<std::string> keys_;
};

void write_text(std::string& out, const std::string& text) {
  // Nearly every text needs no escape.
  const auto plain = [](unsigned char c) { return c >= 0x20 && c != '"' && c != '\\' && c != 0x7F; };
  if (std::all_of(text.begin(), text.end(), plain) && find_invalid_utf8(text) == std::string::npos) {
    out += '"';
    out += text;
    out += '"';
    return;
  }
  out += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

void write(std::string& out, const Value& value, JsonStyle style, int depth) {
  const auto line = [&](int levels) {
    if (style == JsonStyle::indented) out += "\n" + std::string(static_cast<size_t>(levels) * 2, ' ');
  };
  if (value.is_null()) {
    out += "null";
  } else if (const bool* truth = value.get_if<bool>()) {
    out += *truth ? "true" : "false";
  } else if (const Decimal* number = value.get_if<Decimal>()) {
    out += number->to_text();
  } else if (const std::string* text = value.get_if<std::string>()) {
    write_text(out, *text);
  } else if (const List* list = value.get_if<List>()) {
    out += '[';
    for (size_t i = 0; i < list->size(); ++i) {
      if (i > 0) out += ',';
      line(depth + 1);
      write(out, (*list)[i], style, depth + 1);
    }
    if (!list->empty()) line(depth);
    out += ']';
  } else if (const Map* map = value.get_if<Map>()) {
    out += '{';
    bool first = true;
    for (const Map::Entry& entry : *map) {
      if (!first) out += ',';
      first = false;
      line(depth + 1);
      write_text(out, entry.first);
      out += style == JsonStyle::indented ? ": " : ":";
      write(out, entry.second, style, depth + 1);
    }
    if (!map->empty()) line(depth);
    out += '}';
  } else {
    out += '"' + to_iso(value) + '"';
  }
}

}  // namespace

Value parse_json(std::string_view text, const std::string& file) {
  Builder builder;
  if (Json::sax_parse(text.begin(), text.end(), &builder)) return std::move(builder.result);
  if (builder.too_deep)
    throw Error(ErrorCode::unreadable, fmt::format("JSON вложен глубже {} уровней: такой файл не читается.", max_depth),
                file);
  const size_t at =
      std::min(builder.error_at == std::string::npos || builder.error_at == 0 ? 0 : builder.error_at - 1, text.size());
  const TextPosition position = position_at(text, at);
  throw Error(ErrorCode::unreadable,
              fmt::format("Это не JSON: ошибка в строке {}, столбец {}. Проверьте кавычки, запятые и скобки.",
                          position.line, position.column),
              fmt::format("{}:{}:{}", file, position.line, position.column));
}

std::string to_json(const Value& value, JsonStyle style) {
  std::string out;
  write(out, value, style, 0);
  return out;
}

}  // namespace vekha
