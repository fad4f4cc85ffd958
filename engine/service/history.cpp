#include "service/history.h"

#include <fmt/format.h>

#include "base/text.h"
#include "russian/dates.h"
#include "russian/names.h"
#include "russian/numerals.h"
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
    name += fmt::format(" (замещает: {}, {})",
                        russian::name_in_case(by.at("acting_for").text(), russian::Case::nominative,
                                              russian::Gender::unknown, russian::NameForm::surname_initials)
                            .text,
                        by.at("basis").text());
  return name;
}

// What was written into the fields of a task, in their order; dates as people write them.
std::string fields_of(const Value& fields) {
  std::vector<std::string> said;
  for (const Map::Entry& field : fields.map()) {
    if (const auto date = field.second.date())
      said.push_back(russian::date_in_digits(*date));
    else if (const Decimal* number = field.second.get_if<Decimal>())
      said.push_back(russian::number_in_digits(*number));
    else if (!field.second.text().empty())
      said.push_back(field.second.text());
  }
  return join(said, "; ");
}

}  // namespace

std::string sentence_of(const store::EventRow& event, const office::Office& office, const std::string& subject) {
  if (event.kind == "number-annulled")
    return fmt::format("{}: аннулирован номер {} ({} год): {}.", who(event, office), event.data.at("number").text(),
                       event.data.at("year").integer(), event.data.at("reason").text());
  if (event.kind == "number-entered")
    return fmt::format("{}: внесён сторонний документ № {} «{}».", who(event, office), event.data.at("number").text(),
                       event.data.at("title").text());
  const auto kind = workflow::event_kind_from(event.kind);
  if (!kind) return {};
  const std::string& name = event.data.at("name").text();
  switch (*kind) {
    case EventKind::task_completed: {
      std::string text = fmt::format("{}: {}«{}»", who(event, office), subject.empty() ? "" : subject + ", ", name);
      const std::string& label = event.data.at("label").text();
      if (!label.empty()) text += " – " + uncapitalize(label);
      if (const std::string said = fields_of(event.data.at("fields")); !said.empty()) text += " (" + said + ")";
      const std::string& reason = event.data.at("reason").text();
      if (!reason.empty()) text += ": " + reason;
      return text.ends_with('.') ? text : text + ".";
    }
    case EventKind::document_wanted: return fmt::format("Создан документ «{}».", event.data.at("file_name").text());
    case EventKind::instance_started:
      return subject.empty() ? fmt::format("{}: начат процесс «{}».", who(event, office), name) : std::string();
    case EventKind::timer_fired: return subject.empty() ? "Наступил срок." : capitalize(subject) + ": наступил срок.";
    case EventKind::task_reassigned: return fmt::format("{}: задача переадресована.", who(event, office));
    default: return {};
  }
}

}  // namespace vekha::service
