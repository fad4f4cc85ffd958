#include "service/process_services.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "ingest/cell_meaning.h"
#include "ingest/parties.h"
#include "office/number.h"
#include "russian/dates.h"
#include "russian/deadline.h"
#include "russian/wording.h"
#include "service/model.h"

namespace vekha::service {
namespace {

using workflow::Instance;
using workflow::Rejection;

Value input(const Map& inputs, const char* name) { return inputs.find(name) ? *inputs.find(name) : Value(); }

// What somebody typed into a field, as the lines of a cell.
std::vector<ingest::Line> lines_of(const std::string& text) {
  std::vector<ingest::Line> lines;
  for (const std::string_view line : split_lines(text))
    if (const std::string words = fold_space(line); !words.empty()) lines.push_back({words, ingest::LineKind::text});
  return lines;
}

// On whom the control is laid, as the register says it.
Value control_of(const office::Office& office) {
  const Value* id = office.letterhead.find("controller");
  const office::Person* person = id ? office.find(id->text()) : nullptr;
  return person ? person->name : "оставлен за руководителем";
}

// «6.5» behind «6.4», «6» behind «5»; empty where the last number does not end in digits.
std::string number_after(const std::string& last) {
  const size_t digits = last.find_last_not_of("0123456789") + 1;  // npos + 1 is 0
  if (digits == last.size() || last.size() - digits > 6) return {};
  return last.substr(0, digits) + std::to_string(std::stoi(last.substr(digits)) + 1);
}

bool is_open(const PlanItem& item) {
  return std::any_of(item.progress.checkpoints.begin(), item.progress.checkpoints.end(),
                     [](const roadmap::Checkpoint& checkpoint) { return !checkpoint.mark; });
}

}  // namespace

bool is_service(std::string_view name) { return name == "register" || name == "new-item" || name == "notify"; }

std::string plain_number(std::string_view typed) {
  std::string number(trim(typed));
  if (number.starts_with("№")) number = trim(std::string_view(number).substr(std::string_view("№").size()));
  return number;
}

bool same_number(const office::Register& orders, const std::string& a, const std::string& b) {
  const auto first = office::read_number(orders, a), second = office::read_number(orders, b);
  return first && second ? *first == *second : a == b;
}

std::string paper_reference(const office::Office& office, Date date, const std::string& number,
                            const std::string& title) {
  const Value* style = office.letterhead.find("date_style");
  const bool words = style && style->text() == "words";
  return fmt::format("от {} № {}{}", words ? russian::date_in_words(date) : russian::date_in_digits(date), number,
                     title.empty() ? std::string() : " " + russian::quoted(title));
}

std::optional<std::string> fault_of_number(const office::Register& orders, const std::string& number,
                                           const std::vector<store::RegisterRow>& rows) {
  constexpr size_t longest = 30;
  constexpr int farthest = 1000;
  constexpr int most_digits = 6;
  bool digit = false, strange = false;
  int run = 0, longest_run = 0;
  const std::u32string letters = to_u32(number);
  for (const char32_t c : letters) {
    digit = digit || is_digit(c);
    run = is_digit(c) ? run + 1 : 0;
    longest_run = std::max(longest_run, run);
    strange = strange || !(is_digit(c) || is_letter(c) || c == U'-' || c == U'/' || c == U'.' || c == U'–');
  }
  if (!digit || strange || letters.size() > longest)
    return fmt::format("«{}» – не номер документа. Напишите, например, 18, 14-а или 01-05/18.", number);
  const int next = office::next_number(orders, numbers_in_use(rows));
  if (longest_run > most_digits || office::number_of(orders, number).value_or(0) > next + farthest)
    return fmt::format("Номер {} намного больше следующего по порядку ({}). Проверьте, нет ли лишней цифры.", number,
                       office::format_number(orders, next));
  for (const store::RegisterRow& row : rows)
    if (same_number(orders, row.number, number)) {
      const std::string& title = row.data.at("title").text();
      return fmt::format("Номер {} в {} году уже занят{}. Следующий свободный – {}.", number, row.year,
                         title.empty() ? std::string() : ": «" + title + "»", office::format_number(orders, next));
    }
  return std::nullopt;
}

std::vector<std::string> numbers_in_use(const std::vector<store::RegisterRow>& rows) {
  std::vector<std::string> numbers;
  for (const store::RegisterRow& row : rows)
    numbers.push_back(row.number);
  return numbers;
}

std::string next_number(const office::Register& orders, const std::vector<store::RegisterRow>& rows) {
  return office::format_number(orders, office::next_number(orders, numbers_in_use(rows)));
}

office::Register rule_of_year(const office::Register& orders, store::Store& store, int year) {
  office::Register rule = orders;
  // Papers of ours alone: a line about somebody else's order says nothing about when the case began.
  for (const store::RegisterRow& row : store.register_rows(orders.name, 0))
    if (!row.instance.empty() && row.year < year) rule.first_number = 1;
  return rule;
}

std::variant<Map, Rejection> ProcessServices::call(const std::string& name, const Map& inputs, const Instance& instance,
                                                   const workflow::Occasion&) {
  if (name == "register") return register_paper(inputs, instance);
  if (name == "new-item") return new_item(inputs, instance);
  if (name == "notify") return Map{};
  return Rejection{"service",
                   fmt::format("Процесс просит службу «{}», а такой нет. Известны: register, new-item, notify.", name)};
}

Value ProcessServices::fact(const std::string& name, const Instance& instance) {
  if (name != "items_open" && name != "items_open_numbers") return {};
  std::vector<std::string> numbers;
  int open = 0;
  for (const PlanItem& item : plan_of_(instance).items) {
    if (!is_open(item)) continue;
    ++open;
    if (numbers.size() < 10) numbers.push_back(item.progress.item.number);
  }
  if (name == "items_open") return open;
  return join(numbers, ", ") + (open > 10 ? " и другие" : "");
}

std::variant<Map, Rejection> ProcessServices::register_paper(const Map& inputs, const Instance& instance) {
  const auto date = input(inputs, "date").date();
  if (!date) return Rejection{"service", "Для регистрации нужна дата документа – день его подписания."};
  if (*date > today_)
    return Rejection{"service", fmt::format("Дата документа {} позже дня регистрации {}. Проверьте дату.",
                                            russian::date_in_digits(*date), russian::date_in_digits(today_))};
  const int year = year_of(*date);
  std::vector<store::RegisterRow> rows = store_.register_rows(office_.orders.name, year);
  std::copy_if(registered_.begin(), registered_.end(), std::back_inserter(rows),
               [&](const store::RegisterRow& row) { return row.year == year; });
  const office::Register rule = rule_of_year(office_.orders, store_, year);
  std::string number = plain_number(input(inputs, "number").text());
  if (number.empty()) number = next_number(rule, rows);
  if (const auto fault = fault_of_number(rule, number, rows)) return Rejection{"service", *fault};
  store::RegisterRow row;
  row.register_name = office_.orders.name;
  row.year = year;
  row.number = number;
  row.running = office::number_of(rule, number).value_or(0);
  row.date = date;
  row.instance = instance.id;
  row.data = Map{{"title", input(inputs, "title")},
                 {"subject", input(inputs, "subject")},
                 {"kind", input(inputs, "kind")},
                 {"registered", today_},
                 {"signer", input(inputs, "signer")},
                 {"author", input(inputs, "author")},
                 {"sheets", input(inputs, "sheets")},
                 {"control", control_of(office_)},
                 {"case", office_.orders.case_index.empty() ? Value() : Value(office_.orders.case_index)}};
  registered_.push_back(row);
  return Map{{"number", number},
             {"date", *date},
             {"registered", today_},
             {"reference", paper_reference(office_, *date, number, input(inputs, "title").text())}};
}

std::variant<Map, Rejection> ProcessServices::new_item(const Map& inputs, const Instance& instance) {
  const Plan plan = plan_of_(instance);
  roadmap::Item item;
  item.number = trim(input(inputs, "number").text());
  item.title = fold_space(input(inputs, "title").text());
  russian::DeadlineContext context;
  const Value& period = plan.roadmap.at("period");
  if (period.at("start").date() && period.at("end").date())
    context.plan = Period{*period.at("start").date(), *period.at("end").date()};
  item.deadline = russian::read_deadline(input(inputs, "deadline").text(), context);
  if (item.deadline.kind == roadmap::ScheduleKind::unknown)
    return Rejection{"service",
                     fmt::format("Срок «{}» не понят. Напишите иначе, например «Март 2023» или «до 1 июня 2023 г.».",
                                 item.deadline.text)};
  item.responsible_text = fold_space(input(inputs, "responsible").text());
  item.responsible = ingest::parties_of(lines_of(input(inputs, "responsible").text()));
  item.indicator_text = fold_space(input(inputs, "indicator").text());
  item.indicators = ingest::indicators_of(lines_of(input(inputs, "indicator").text()));
  // Its section is the one named, by number or title, else the last one.
  roadmap::Section section;
  int position = 0;
  std::string last_number;
  const std::string wanted = fold_space(input(inputs, "section").text());
  for (const PlanItem& known : plan.items) {
    const roadmap::Progress& progress = known.progress;
    if (!wanted.empty() && progress.section_number != wanted && progress.section_title != wanted) continue;
    section.number = progress.section_number;
    section.title = progress.section_title;
    position = std::max(position, known.position);
    last_number = progress.item.number;
  }
  if (!wanted.empty() && position == 0)
    return Rejection{"service", fmt::format("Раздела «{}» в плане нет. Укажите его номер или название.", wanted)};
  if (item.number.empty()) item.number = number_after(last_number);
  for (const PlanItem& known : plan.items)  // numbers may begin anew in each section
    if (!item.number.empty() && known.progress.item.number == item.number &&
        known.progress.section_title == section.title)
      return Rejection{"service", fmt::format("Мероприятие {} в плане уже есть: «{}». Дайте новому другой номер.",
                                              item.number, known.progress.item.title)};
  const std::string key = fmt::format("{}/{}", plan.id, plan.items.size() + 1);
  return Map{{"item", item_variables(item, section, key, position, office_)}, {"key", key}};
}

}  // namespace vekha::service
