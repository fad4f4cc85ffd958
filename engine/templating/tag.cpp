#include "templating/tag.h"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "base/text.h"
#include "templating/formatters.h"

namespace vekha::templating {
namespace {

constexpr size_t max_tag_size = 2000;

bool is_zero_width(char32_t c) {
  return c == 0xAD || c == 0x200B || c == 0x200C || c == 0x200D || c == 0x2060 || c == 0xFEFF;
}

// What Word slips into a tag unseen is taken out: soft hyphens and zero-width characters.
std::string without_invisible(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    if (!is_zero_width(next_char(text, at))) out += text.substr(start, at - start);
  }
  return out;
}

struct Quotes {
  std::u32string_view open;
  std::u32string_view close;
};
// Word turns straight quotes into curly ones, and not always into the right half of a pair.
constexpr std::array<Quotes, 3> quote_pairs{{{U"\"“„”", U"\"”“"}, {U"«", U"»"}, {U"'‘’", U"'’"}}};

class Parser {
 public:
  Parser(std::string_view inside, std::string_view source, std::vector<Fault>& faults)
      : text_(without_invisible(inside)), source_(source), faults_(faults) {}

  Tag parse() {
    Tag tag;
    tag.source = source_;
    skip_space();
    if (at_end()) {
      fault("tag-empty", fmt::format("В теге «{}» нет имени.", source_), "Впишите имя поля или уберите тег.");
      return tag;
    }
    switch (peek()) {
      case U'!': tag.kind = TagKind::comment; return tag;
      case U'=': parse_delimiters(tag); return tag;
      case U'#': tag.kind = TagKind::section; break;
      case U'^': tag.kind = TagKind::inverted; break;
      case U'/': tag.kind = TagKind::close; break;
      case U'>': tag.kind = TagKind::partial; break;
      case U'&': tag.raw = true; break;
      default: break;
    }
    if (tag.kind != TagKind::value || tag.raw) take();
    skip_space();
    tag.expression.name = parse_name();
    if (failed_) return tag;
    skip_space();
    if (tag.kind == TagKind::section || tag.kind == TagKind::inverted) {
      tag.word = take_word();
      skip_space();
      while (!tag.word.empty() && !at_end() && is_name_char(peek())) {
        tag.word += " " + take_word();
        skip_space();
      }
    }
    if (tag.kind == TagKind::value || tag.kind == TagKind::section || tag.kind == TagKind::inverted)
      parse_calls(tag.expression);
    if (!at_end() && !failed_)
      fault("tag-syntax", fmt::format("В теге «{}» лишнее: «{}».", source_, text_.substr(at_)),
            "После имени может стоять только черта «|» и форматтер, например {{дата | словесно}}.");
    return tag;
  }

 private:
  bool at_end() const { return at_ >= text_.size(); }
  char32_t peek() const {
    size_t at = at_;
    return at_end() ? U'\0' : next_char(text_, at);
  }
  char32_t take() { return next_char(text_, at_); }
  void skip_space() {
    while (!at_end() && is_space(peek()))
      take();
  }

  void fault(std::string code, std::string message, std::string hint) {
    failed_ = true;
    faults_.push_back({{Severity::error, std::move(code), {}, std::move(message), std::move(hint)}, 0});
  }

  static bool is_name_char(char32_t c) { return is_letter(c) || is_digit(c) || c == U'_' || c == U'-'; }

  std::string take_word() {
    std::string word;
    while (!at_end() && is_name_char(peek()))
      append_char(word, take());
    return word;
  }

  Name parse_name() {
    Name name;
    if (peek() == U'@') {
      take();
      name.text = "@" + take_word();
      if (name.text == "@index")
        name.kind = Name::Kind::index;
      else if (name.text == "@first")
        name.kind = Name::Kind::first;
      else if (name.text == "@last")
        name.kind = Name::Kind::last;
      else
        fault("tag-name", fmt::format("В теге «{}» неизвестное имя «{}».", source_, name.text),
              "Есть только @index (номер повтора), @first (первый) и @last (последний).");
      return name;
    }
    if (peek() == U'.') {
      take();
      name.kind = Name::Kind::current;
      name.text = ".";
      if (!at_end() && is_name_char(peek())) bad_name();
      return name;
    }
    for (;;) {
      std::string part = take_word();
      if (part.empty()) {
        bad_name();
        return name;
      }
      name.text += part;
      name.parts.push_back(std::move(part));
      if (peek() != U'.') return name;
      take();
      name.text += '.';
    }
  }

  void bad_name() {
    if (failed_) return;
    fault(
        "tag-name", fmt::format("В теге «{}» имя записано неверно.", source_),
        "Имя состоит из букв, цифр, знаков «_» и «-»; части разделяются точками без пробелов, например document.date.");
  }

  void parse_delimiters(Tag& tag) {
    tag.kind = TagKind::delimiters;
    std::string_view body = trim(std::string_view(text_).substr(at_));
    const bool closed = body.size() >= 2 && body.back() == '=';
    const std::string inside = closed ? fold_space(body.substr(1, body.size() - 2)) : std::string();
    const std::vector<std::string_view> two = split(inside, ' ');
    if (two.size() != 2 || two[0].empty() || two[1].empty() || inside.find('=') != std::string::npos) {
      fault("tag-delimiters", fmt::format("Тег «{}» должен назвать две новые скобки.", source_),
            "Например, {{=<% %>=}}: дальше теги пишутся как <%имя%>.");
      return;
    }
    tag.delimiters = {std::string(two[0]), std::string(two[1])};
  }

  void parse_calls(Expression& expression) {
    Kinds given = any_kind;
    while (!failed_ && peek() == U'|') {
      take();
      skip_space();
      Call call;
      call.name = take_word();
      if (call.name.empty()) {
        fault("formatter-name", fmt::format("В теге «{}» после черты «|» нет форматтера.", source_),
              "Впишите форматтер, например {{дата | словесно}}, или уберите черту.");
        return;
      }
      skip_space();
      if (peek() == U'(') parse_arguments(call);
      if (failed_) return;
      skip_space();
      check(call, given);
      expression.calls.push_back(std::move(call));
    }
  }

  void parse_arguments(Call& call) {
    take();
    skip_space();
    if (peek() == U')') {
      take();
      return;
    }
    for (;;) {
      skip_space();
      const std::optional<Argument> argument = parse_argument();
      if (!argument) {
        fault("formatter-arguments",
              fmt::format("В теге «{}» скобки форматтера «{}» записаны неверно.", source_, call.name),
              "В скобках через запятую стоят тексты в кавычках, числа или имена полей; скобка закрывается.");
        return;
      }
      call.arguments.push_back(*argument);
      skip_space();
      const char32_t next = at_end() ? U'\0' : take();
      if (next == U')') return;
      if (next != U',' && next != U';') at_ = text_.size();  // reported by the next turn
    }
  }

  std::optional<Argument> parse_argument() {
    if (at_end()) return std::nullopt;
    for (const Quotes& quotes : quote_pairs) {
      if (quotes.open.find(peek()) == std::u32string_view::npos) continue;
      take();
      std::string text;
      while (!at_end()) {
        const char32_t c = take();
        if (quotes.close.find(c) != std::u32string_view::npos) return text;
        append_char(text, c);
      }
      return std::nullopt;
    }
    if (is_digit(peek()) || peek() == U'-') {
      std::string digits;
      while (!at_end() && (is_digit(peek()) || peek() == U'-' || peek() == U'.'))
        append_char(digits, take());
      const std::optional<Decimal> number = Decimal::parse(digits);
      if (number) return *number;
      return std::nullopt;
    }
    Name name = parse_name();
    if (failed_) return std::nullopt;
    return name;
  }

  // That the formatter is known, that its arguments fit, and that it can take what the one before gives.
  void check(Call& call, Kinds& given) {
    call.formatter = find_formatter(call.name);
    if (!call.formatter) {
      const std::string near = nearest(call.name, formatter_names());
      fault(
          "formatter-unknown", fmt::format("В теге «{}» неизвестный форматтер «{}».", source_, call.name),
          near.empty() ? "Все форматтеры перечислены в templates/README.md." : fmt::format("Может быть, «{}»?", near));
      return;
    }
    const Formatter& formatter = *call.formatter;
    if (!(formatter.takes & given)) {
      fault("formatter-chain",
            fmt::format("В теге «{}» форматтер «{}» ждёт {}, а предыдущий даёт значение другого вида.", source_,
                        call.name, describe(formatter.takes)),
            "Переставьте форматтеры или уберите лишний.");
      return;
    }
    given = formatter.gives;
    size_t required = 0;
    for (const Parameter& parameter : formatter.parameters)
      required += parameter.need == Need::required ? 1 : 0;
    if (call.arguments.size() < required || call.arguments.size() > formatter.parameters.size()) {
      fault("formatter-arguments",
            fmt::format("В теге «{}» у форматтера «{}» в скобках аргументов: {}, а нужно: {}.", source_, call.name,
                        call.arguments.size(), describe_parameters(formatter)),
            "Исправьте аргументы в скобках.");
      return;
    }
    for (size_t i = 0; i < call.arguments.size(); ++i) {
      const Kinds kind = std::holds_alternative<std::string>(call.arguments[i])
                             ? text_kind
                             : (std::holds_alternative<Decimal>(call.arguments[i]) ? number_kind : any_kind);
      if (formatter.parameters[i].takes & kind) continue;
      fault("formatter-arguments",
            fmt::format("В теге «{}» аргумент «{}» форматтера «{}» – не то, что он ждёт ({}).", source_,
                        formatter.parameters[i].name, call.name, describe(formatter.parameters[i].takes)),
            "Исправьте аргументы в скобках.");
      return;
    }
  }

  static std::string describe_parameters(const Formatter& formatter) {
    if (formatter.parameters.empty()) return "без скобок";
    std::vector<std::string> names;
    for (const Parameter& parameter : formatter.parameters)
      names.push_back(fmt::format("{}{}", parameter.name, parameter.need == Need::optional ? " (можно без него)" : ""));
    return fmt::format("{} ({})", names.size(), join(names, ", "));
  }

  std::string text_;
  std::string_view source_;
  std::vector<Fault>& faults_;
  size_t at_ = 0;
  bool failed_ = false;
};

// The beginning of a text, for messages.
std::string shortened(std::string_view text) {
  size_t at = 0;
  for (int i = 0; i < 40 && at < text.size(); ++i)
    next_char(text, at);
  return at < text.size() ? std::string(text.substr(0, at)) + "…" : std::string(text);
}

}  // namespace

Tag parse_tag(std::string_view inside, std::string_view source, std::vector<Fault>& faults) {
  return Parser(inside, source, faults).parse();
}

std::vector<Tag> scan(std::string_view text, Delimiters& delimiters, std::vector<Fault>& faults) {
  std::vector<Tag> tags;
  for (size_t at = 0; (at = text.find(delimiters.open, at)) != std::string_view::npos;) {
    const size_t inside = at + delimiters.open.size();
    const bool triple = delimiters == Delimiters() && text.substr(inside, 1) == "{";
    const std::string_view close = triple ? std::string_view("}}}") : std::string_view(delimiters.close);
    const size_t end = text.find(close, inside + (triple ? 1 : 0));
    if (end == std::string_view::npos) {
      faults.push_back({{Severity::error,
                         "tag-unclosed",
                         {},
                         fmt::format("Тег «{}» не закрыт: за ним нет «{}».", shortened(text.substr(at)), close),
                         fmt::format("Допишите «{}» в том же абзаце.", close)},
                        at});
      return tags;
    }
    const size_t next = end + close.size();
    const std::string_view source = text.substr(at, next - at);
    const size_t begin = inside + (triple ? 1 : 0);
    const std::string_view body = text.substr(begin, end - begin);
    const size_t known = faults.size();
    if (source.size() > max_tag_size && !trim(body).starts_with('!')) {
      faults.push_back({{Severity::error,
                         "tag-too-long",
                         {},
                         fmt::format("Тег «{}» слишком длинный.", shortened(source)),
                         fmt::format("Проверьте, не потеряна ли закрывающая скобка «{}».", close)},
                        at});
    } else {
      Tag tag = parse_tag(body, source, faults);
      tag.raw = tag.raw || triple;
      tag.begin = at;
      tag.end = next;
      if (faults.size() == known) {
        if (tag.kind == TagKind::delimiters) delimiters = tag.delimiters;
        tags.push_back(std::move(tag));
      }
    }
    for (size_t i = known; i < faults.size(); ++i)
      faults[i].at = at;
    at = next;
  }
  return tags;
}

}  // namespace vekha::templating
