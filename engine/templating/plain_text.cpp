#include "templating/plain_text.h"

#include <fmt/format.h>

#include <deque>
#include <kainjow/mustache.hpp>
#include <optional>
#include <set>
#include <unordered_map>

#include "base/error.h"
#include "base/text.h"
#include "templating/scope.h"
#include "templating/tag.h"

namespace vekha::templating {
namespace {

namespace mustache = kainjow::mustache;

// kainjow never sees our tags but their numbers between these two characters, which no text may hold.
constexpr const char* own_delimiters = "{{=\x01 \x02=}}";
constexpr size_t max_nesting = 50;       // kainjow walks its tree by recursion
constexpr size_t max_turns = 1'000'000;  // sections within sections over long lists would never end
constexpr char open_mark = '\x01';
constexpr char close_mark = '\x02';

// A text made ready for kainjow.
struct Source {
  std::string file;
  std::string text;      // as written
  std::string numbered;  // every tag is a number
};

class Templates {
 public:
  std::vector<Diagnostic> diagnostics;

  void add_main(std::string_view text, const std::string& file) { add(main_, text, file); }
  void add_partial(const std::string& name, std::string_view text) { add(partials_[name], text, name); }

  // Partials that call themselves would never end.
  void check_partials() {
    for (const auto& [name, source] : partials_) {
      std::set<std::string> seen;
      if (!reaches(name, name, seen)) continue;
      diagnostics.push_back(fault("partial-recursive", fmt::format("Вставка «{}» вызывает сама себя.", name),
                                  "Уберите из неё этот вызов."));
    }
  }

  const Source& main() const { return main_; }
  const Source* partial(const std::string& name) const {
    const auto found = partials_.find(name);
    return found == partials_.end() ? nullptr : &found->second;
  }
  const Tag& tag(size_t number) const { return tags_[number].tag; }
  Where where(size_t number) const { return place(*tags_[number].source, tags_[number].tag.begin); }

 private:
  struct Numbered {
    Tag tag;
    const Source* source;
  };

  // Scans a text and numbers its tags. kainjow stops at the first fault and tells it in English, so all are found here.
  void add(Source& source, std::string_view text, const std::string& file) {
    source.file = file;
    source.text = text;
    Delimiters delimiters;
    std::vector<Fault> faults;
    const std::vector<Tag> tags = scan(source.text, delimiters, faults);
    for (Fault& fault : faults)
      report(source, fault.at, std::move(fault.diagnostic));
    source.numbered = own_delimiters;
    size_t at = 0;
    std::vector<const Tag*> open;
    for (const Tag& tag : tags) {
      const std::optional<Line> line =
          tag.kind == TagKind::comment || tag.kind == TagKind::delimiters ? line_of(source.text, tag) : std::nullopt;
      append_literal(source, at, line ? line->begin : tag.begin);
      at = line ? line->end : tag.end;
      if (!line) append_tag(source, tag, open);
    }
    append_literal(source, at, source.text.size());
    for (const Tag* tag : open)
      report(source, tag->begin,
             fault("section-unclosed", fmt::format("Раздел «{}» не закрыт.", tag->source),
                   fmt::format("Поставьте «{{{{/{}}}}}» там, где он кончается.", tag->expression.name.text)));
  }

  static Diagnostic fault(std::string code, std::string message, std::string hint) {
    return {Severity::error, std::move(code), {}, std::move(message), std::move(hint)};
  }
  static Where place(const Source& source, size_t at) {
    const TextPosition position = position_at(source.text, at);
    return {source.file, position.line, position.column, {}};
  }
  void report(const Source& source, size_t at, Diagnostic diagnostic) {
    diagnostic.where = place(source, at);
    diagnostics.push_back(std::move(diagnostic));
  }

  struct Line {
    size_t begin;
    size_t end;
  };
  // The line on which a tag stands alone, its end included. kainjow drops such lines of sections, but not of comments
  // and changes of delimiters.
  static std::optional<Line> line_of(const std::string& text, const Tag& tag) {
    size_t begin = tag.begin;
    while (begin > 0 && (text[begin - 1] == ' ' || text[begin - 1] == '\t'))
      --begin;
    size_t end = tag.end;
    while (end < text.size() && (text[end] == ' ' || text[end] == '\t'))
      ++end;
    if (begin > 0 && text[begin - 1] != '\n') return std::nullopt;
    if (end < text.size() && text[end] == '\r') ++end;
    if (end < text.size() && text[end] != '\n') return std::nullopt;
    return Line{begin, std::min(end + 1, text.size())};
  }

  static void append_literal(Source& source, size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i)
      if (source.text[i] != open_mark && source.text[i] != close_mark) source.numbered += source.text[i];
  }

  void append_tag(Source& source, const Tag& tag, std::vector<const Tag*>& open) {
    const std::string& name = tag.expression.name.text;
    std::string number = std::to_string(tags_.size());
    std::string sign;
    switch (tag.kind) {
      case TagKind::value: sign = tag.raw ? "&" : ""; break;
      case TagKind::section:
      case TagKind::inverted:
        sign = tag.kind == TagKind::section ? "#" : "^";
        open.push_back(&tag);
        if (open.size() == max_nesting + 1)
          report(source, tag.begin,
                 fault("section-nesting", fmt::format("Раздел «{}» вложен глубже {} уровней.", tag.source, max_nesting),
                       "Упростите шаблон."));
        numbers_.push_back(tags_.size());
        if (!tag.word.empty())
          report(
              source, tag.begin,
              fault("section-word", fmt::format("Слово «{}» в теге «{}» здесь не имеет смысла.", tag.word, tag.source),
                    "Такие слова годятся только для таблиц в файлах Word и Excel."));
        break;
      case TagKind::close:
        if (open.empty()) {
          report(source, tag.begin,
                 fault("section-unopened", fmt::format("Раздел «{}» закрыт, но не открыт.", tag.source),
                       fmt::format("Поставьте «{{{{#{}}}}}» там, где он начинается, или уберите тег.", name)));
          return;
        }
        if (!(open.back()->expression.name == tag.expression.name)) {
          report(source, tag.begin,
                 fault("section-crossing",
                       fmt::format("Тег «{}» стоит там, где ещё открыт раздел «{}».", tag.source, open.back()->source),
                       fmt::format("Сначала закройте «{}».", open.back()->source)));
          return;
        }
        sign = "/";
        number = std::to_string(numbers_.back());
        numbers_.pop_back();
        open.pop_back();
        break;
      case TagKind::partial:
        sign = ">";
        number = name;
        called_[&source].insert(name);
        break;
      case TagKind::comment:
      case TagKind::delimiters: sign = "!"; break;
    }
    if (tag.kind != TagKind::close) tags_.push_back({tag, &source});
    source.numbered += open_mark + sign + number + close_mark;
  }

  bool reaches(const std::string& from, const std::string& wanted, std::set<std::string>& seen) const {
    const Source* source = partial(from);
    const auto called = source ? called_.find(source) : called_.end();
    if (called == called_.end() || !seen.insert(from).second) return false;
    for (const std::string& name : called->second)
      if (name == wanted || reaches(name, wanted, seen)) return true;
    return false;
  }

  Source main_;
  std::map<std::string, Source> partials_;
  std::map<const Source*, std::set<std::string>> called_;
  std::vector<Numbered> tags_;
  std::vector<size_t> numbers_;  // of the sections that are open
};

// Answers kainjow from our data: a number is asked for, the value of that tag comes back.
class Context final : public mustache::basic_context<std::string> {
 public:
  Context(const Templates& templates, const Value& data) : templates_(templates), scope_(data) {}

  std::vector<Diagnostic> diagnostics;

  void push(const mustache::data* data) override {
    if (++pushes_ > max_turns)
      throw Error(ErrorCode::refused,
                  fmt::format("В шаблоне текста больше {} повторов. Проверьте, не вложены ли списки сами в "
                              "себя, или уменьшите данные.",
                              max_turns));
    const auto found = turns_.find(data);
    if (found == turns_.end())
      scope_.push_same();
    else if (found->second.count == 0)
      scope_.push(*found->second.value);
    else
      scope_.push(*found->second.value, found->second.index, found->second.count);
  }
  void pop() override { scope_.pop(); }

  const mustache::data* get(const std::string& number) const override {
    return const_cast<Context*>(this)->evaluate(std::stoul(number));
  }

  const mustache::data* get_partial(const std::string& name) const override {
    const Source* source = templates_.partial(name);
    if (!source) {
      const_cast<Context*>(this)->diagnostics.push_back({Severity::error,
                                                         "unknown-partial",
                                                         {},
                                                         fmt::format("Вставки «{}» нет.", name),
                                                         "Исправьте имя вставки или добавьте её."});
      return nullptr;
    }
    return &const_cast<Context*>(this)->made_.emplace_back(source->numbered);
  }

 private:
  struct Turn {
    const Value* value;
    size_t index;
    size_t count;
  };

  const mustache::data* evaluate(size_t number) {
    const Tag& tag = templates_.tag(number);
    std::vector<Diagnostic> faults;
    Value& storage = values_.emplace_back();
    const Value* value = scope_.evaluate(tag.expression, storage, faults);
    const mustache::data* answer = nullptr;
    if (value) answer = tag.kind == TagKind::value ? &made_.emplace_back(to_text(*value, faults)) : section(*value);
    for (Diagnostic& fault : faults) {
      fault.message = fmt::format("Тег «{}»: {}", tag.source, fault.message);
      fault.where = templates_.where(number);
      if (seen_.emplace(number, fault.message).second) diagnostics.push_back(std::move(fault));
    }
    return answer ? answer : &made_.emplace_back(mustache::data::type::bool_false);
  }

  const mustache::data* section(const Value& value) {
    if (!is_true(value)) return &made_.emplace_back(mustache::data::type::bool_false);
    const List* list = value.get_if<List>();
    if (!list) {
      const mustache::data* one = &made_.emplace_back(mustache::data::type::bool_true);
      if (!value.is<bool>()) turns_[one] = {&value, 0, 0};
      return one;
    }
    mustache::list items;
    items.reserve(list->size());
    for (size_t i = 0; i < list->size(); ++i)
      items.emplace_back(mustache::data::type::bool_true);
    const mustache::data* all = &made_.emplace_back(std::move(items));
    for (size_t i = 0; i < list->size(); ++i)
      turns_[&all->list_value()[i]] = {&(*list)[i], i + 1, list->size()};
    return all;
  }

  const Templates& templates_;
  Scope scope_;
  size_t pushes_ = 0;
  std::deque<mustache::data> made_;
  std::deque<Value> values_;
  std::unordered_map<const mustache::data*, Turn> turns_;
  std::set<std::pair<size_t, std::string>> seen_;
};

std::string escape_nothing(const std::string& text) { return text; }

}  // namespace

std::vector<Diagnostic> check_text(std::string_view text_template, const std::string& file) {
  Templates templates;
  templates.add_main(text_template, file);
  return std::move(templates.diagnostics);
}

Rendered render_text(std::string_view text_template, const Value& data, Escape escape, const Partials& partials,
                     const std::string& file) {
  Rendered rendered;
  Templates templates;
  templates.add_main(text_template, file);
  for (const auto& [name, text] : partials)
    templates.add_partial(name, text);
  templates.check_partials();
  rendered.diagnostics = std::move(templates.diagnostics);
  if (has_errors(rendered.diagnostics)) return rendered;
  mustache::mustache engine(templates.main().numbered);
  if (escape == Escape::none) engine.set_custom_escape(escape_nothing);
  Context context(templates, data);
  std::string text = engine.is_valid() ? engine.render(context) : std::string();
  if (!engine.is_valid())
    throw Error(ErrorCode::internal,
                fmt::format("Шаблон текста не разобран ({}). Сообщите об этом разработчикам.", engine.error_message()),
                file);
  rendered.diagnostics = std::move(context.diagnostics);
  if (!has_errors(rendered.diagnostics)) rendered.text = std::move(text);
  return rendered;
}

}  // namespace vekha::templating
