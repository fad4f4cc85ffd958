#include "templating/scope.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "templating/formatters.h"

namespace vekha::templating {
namespace {

const Value null_value;

Diagnostic error(std::string code, std::string message, std::string hint = {}) {
  return {Severity::error, std::move(code), {}, std::move(message), std::move(hint)};
}

std::string day_month_year(Date date) {
  return fmt::format("{:02}.{:02}.{:04}", day_of(date), month_of(date), year_of(date));
}

std::string shown(const Value& value) {
  if (value.is<std::string>()) return fmt::format("текст «{}»", value.text());
  if (const Decimal* number = value.get_if<Decimal>()) return "число " + number->to_text();
  return kind_name(value);
}

}  // namespace

Scope::Scope(const Value& data) { frames_.push_back({&data, 0, 0}); }

const Value* Scope::find(const Name& name, Value& storage) const {
  if (name.kind == Name::Kind::current) return frames_.back().value;
  if (name.kind != Name::Kind::path) {
    const auto turn =
        std::find_if(frames_.rbegin(), frames_.rend(), [](const Frame& frame) { return frame.index > 0; });
    if (turn == frames_.rend()) return nullptr;
    if (name.kind == Name::Kind::index) storage = Value(turn->index);
    if (name.kind == Name::Kind::first) storage = Value(turn->index == 1);
    if (name.kind == Name::Kind::last) storage = Value(turn->index == turn->count);
    return &storage;
  }
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
    const Map* map = frame->value->get_if<Map>();
    const Value* found = map ? map->find(name.parts.front()) : nullptr;
    if (!found) continue;
    for (size_t i = 1; i < name.parts.size(); ++i) {
      if (found->is_null()) return found;
      map = found->get_if<Map>();
      found = map ? map->find(name.parts[i]) : nullptr;
      if (!found) return is_optional(name) ? &null_value : nullptr;
    }
    return found;
  }
  return is_optional(name) ? &null_value : nullptr;
}

bool Scope::is_optional(const Name& name) const {
  return std::any_of(frames_.begin(), frames_.end(), [&](const Frame& frame) {
    const List& names = frame.value->at("$optional").list();
    return std::any_of(names.begin(), names.end(), [&](const Value& one) { return one.text() == name.text; });
  });
}

Diagnostic Scope::unknown(const Name& name) const {
  if (name.kind != Name::Kind::path)
    return error("unknown-name", fmt::format("Имя «{}» имеет смысл только внутри повтора списка.", name.text),
                 "Поставьте тег между {{#список}} и {{/список}}.");
  std::vector<std::string> known;
  std::string before;  // of the part that is not there
  std::string_view missing = name.parts.front();
  const auto add_keys = [&](const Value& value) {
    for (const Map::Entry& entry : value.map())
      if (!entry.first.starts_with('$')) known.push_back(entry.first);
  };
  for (auto frame = frames_.rbegin(); frame != frames_.rend(); ++frame) {
    const Value* found = frame->value->map().find(name.parts.front());
    if (!found) {
      add_keys(*frame->value);
      continue;
    }
    known.clear();
    before.clear();
    for (size_t i = 1; i < name.parts.size(); ++i) {
      before += name.parts[i - 1] + ".";
      missing = name.parts[i];
      const Value* below = found->map().find(missing);
      if (!below) {
        add_keys(*found);
        break;
      }
      found = below;
    }
    break;
  }
  const std::string near = nearest(missing, known);
  return error("unknown-name", fmt::format("Имени «{}» нет в данных.", name.text),
               near.empty()
                   ? "Исправьте имя в теге или добавьте поле в данные; необязательные поля перечисляются в данных "
                     "под именем «$optional»."
                   : fmt::format("Может быть, «{}{}»?", before, near));
}

std::string Scope::turns() const {
  std::string text;
  for (const Frame& frame : frames_)
    if (frame.index > 0) text += (text.empty() ? "" : ", ") + std::to_string(frame.index);
  return text;
}

const Value* Scope::evaluate(const Expression& expression, Value& storage, std::vector<Diagnostic>& faults) const {
  const Value* value = find(expression.name, storage);
  if (!value) {
    faults.push_back(unknown(expression.name));
    return nullptr;
  }
  for (const Call& call : expression.calls) {
    const Formatter& formatter = *call.formatter;
    std::array<Value, 4> arguments;
    for (size_t i = 0; i < call.arguments.size(); ++i) {
      if (const std::string* text = std::get_if<std::string>(&call.arguments[i])) arguments[i] = *text;
      if (const Decimal* number = std::get_if<Decimal>(&call.arguments[i])) arguments[i] = *number;
      const Name* name = std::get_if<Name>(&call.arguments[i]);
      if (!name) continue;
      Value own;
      const Value* found = find(*name, own);
      if (!found) {
        faults.push_back(unknown(*name));
        return nullptr;
      }
      arguments[i] = *found;
      if (!found->is_null() && !(kinds_of(*found) & formatter.parameters[i].takes)) {
        faults.push_back(
            error("formatter-arguments",
                  fmt::format("Аргумент «{}» форматтера «{}» должен быть другим ({}): сейчас это {}.", name->text,
                              call.name, describe(formatter.parameters[i].takes), shown(*found)),
                  "Исправьте данные или аргумент в скобках."));
        return nullptr;
      }
    }
    if (value->is_null() && !formatter.takes_null) continue;
    if (!value->is_null() && !(kinds_of(*value) & formatter.takes)) {
      faults.push_back(error("formatter-value",
                             fmt::format("Форматтер «{}» ждёт {}, а в «{}» {}.", call.name, describe(formatter.takes),
                                         expression.name.text, shown(*value)),
                             "Исправьте данные или форматтер."));
      return nullptr;
    }
    const size_t known = faults.size();
    Value result = formatter.apply(*value, std::span(arguments.data(), call.arguments.size()), faults);
    for (size_t i = known; i < faults.size(); ++i)
      if (faults[i].severity == Severity::error) return nullptr;
    storage = std::move(result);
    value = &storage;
  }
  return value;
}

bool is_true(const Value& value) {
  if (value.is_null()) return false;
  if (const bool* truth = value.get_if<bool>()) return *truth;
  if (const std::string* text = value.get_if<std::string>()) return !text->empty();
  if (const List* list = value.get_if<List>()) return !list->empty();
  return true;
}

std::string to_text(const Value& value, std::vector<Diagnostic>& faults) {
  if (const std::string* text = value.get_if<std::string>()) return *text;
  if (const Decimal* number = value.get_if<Decimal>()) return number->to_text();
  if (const Date* date = value.get_if<Date>()) return day_month_year(*date);
  if (const bool* truth = value.get_if<bool>()) return *truth ? "да" : "нет";
  if (value.is_null()) return {};
  if (const LocalTime* time = value.get_if<LocalTime>())
    return fmt::format("{} {:02}:{:02}", day_month_year(time->date), time->seconds / 3600, time->seconds / 60 % 60);
  if (const TimeOfDay* time = value.get_if<TimeOfDay>())
    return fmt::format("{:02}:{:02}", time->seconds / 3600, time->seconds / 60 % 60);
  if (value.is<Map>() && !value.at("$case").is_null()) return value.at("name").text();
  faults.push_back(
      error("not-a-text", fmt::format("Значение – {}, его нельзя напечатать одним тегом.", kind_name(value)),
            value.is<List>() ? "Поставьте повтор: {{#имя}}{{.}}{{/имя}}."
                             : "Назовите поле через точку или поставьте форматтер, например {{signer | полностью}}."));
  return {};
}

}  // namespace vekha::templating
