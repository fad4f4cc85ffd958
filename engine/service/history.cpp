#include "service/history.h"

#include <fmt/format.h>

#include "base/text.h"
#include "russian/names.h"
#include "workflow/event.h"

namespace vekha::service {
namespace {

using workflow::EventKind;

std::string who(const store::EventRow& event, const office::Office& office) {
  const office::Person* person = office.find(event.actor);
  std::string name = person ? russian::name_in_case(person->name, russian::Case::nominative, russian::Gender::unknown,
                                                    russian::NameForm::surname_initials)
                                  .text
                            : event.actor;
  const Value& by = event.data.at("by");
  if (!by.at("acting_for").text().empty())
    name += fmt::format(" (за {}, {})", by.at("acting_for").text(), by.at("basis").text());
  return name;
}

}  // namespace

std::string sentence_of(const store::EventRow& event, const office::Office& office) {
  if (event.kind == "number-annulled")
    return fmt::format("{}: аннулирован номер {} ({} год): {}.", who(event, office), event.data.at("number").text(),
                       event.data.at("year").integer(), event.data.at("reason").text());
  if (event.kind == "number-entered")
    return fmt::format("{}: внесён сторонний приказ № {} «{}».", who(event, office), event.data.at("number").text(),
                       event.data.at("title").text());
  const auto kind = workflow::event_kind_from(event.kind);
  if (!kind) return {};
  const std::string& name = event.data.at("name").text();
  switch (*kind) {
    case EventKind::task_completed: {
      std::string text = fmt::format("{}: «{}»", who(event, office), name);
      const std::string& label = event.data.at("label").text();
      if (!label.empty()) text += " – " + uncapitalize(label);
      const std::string& reason = event.data.at("reason").text();
      if (!reason.empty()) text += ": " + uncapitalize(reason);
      return text.ends_with('.') ? text : text + ".";
    }
    case EventKind::document_wanted: return fmt::format("Создан документ «{}».", event.data.at("file_name").text());
    case EventKind::instance_started: return fmt::format("Начат процесс «{}».", name);
    case EventKind::instance_ended: return fmt::format("Завершён процесс {}.", event.instance);
    case EventKind::message_thrown: return fmt::format("Сообщение «{}».", event.data.at("message").text());
    case EventKind::timer_fired: return "Наступил срок.";
    case EventKind::task_reassigned: return fmt::format("{}: задача переадресована.", who(event, office));
    default: return {};
  }
}

}  // namespace vekha::service
