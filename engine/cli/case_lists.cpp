// Commands that show a case.
#include <fmt/format.h>

#include "base/text.h"
#include "cli/case_access.h"
#include "service/lists.h"

namespace vekha::cli {

OpenCase::OpenCase(const Arguments& arguments, service::CaseMode mode) {
  if (arguments.now.empty()) {
    clock_ = std::make_unique<SystemClock>();
  } else {
    const auto now = parse_instant(arguments.now);
    if (!now)
      throw Error(ErrorCode::usage,
                  fmt::format("«{}» – не время. Напишите, например, 2022-12-05T14:32:00+03:00.", arguments.now));
    clock_ = std::make_unique<ManualClock>(*now);
  }
  case_ = service::Case::open(arguments.case_folder, mode, service::find_resources(), *clock_);
}

service::Case& OpenCase::up_to_now() {
  case_->advance();
  return *case_;
}

int items_command(const Arguments& arguments, Output output) {
  OpenCase open(arguments, service::CaseMode::existing);
  const Value plans = service::list_items(open.get(), arguments.plan);
  if (output == Output::json) {
    print_json(plans);
    return 0;
  }
  std::string text;
  for (const Value& plan : plans.list()) {
    text += fmt::format("{} {}\n", plan.at("plan").text(), plan.at("title").text());
    for (const Value& item : plan.at("items").list())
      text += fmt::format("  {:<6} {} – {}{}\n", item.at("number").text(), item.at("title").text(),
                          item.at("stage").at("name").text(), item.at("ended").truth() ? " (завершено)" : "");
  }
  print_text(text.empty() ? "Дорожных карт в деле нет.\n" : text);
  return 0;
}

int tasks_command(const Arguments& arguments, Output output) {
  OpenCase open(arguments, service::CaseMode::existing);
  const Value tasks = service::list_tasks(open.up_to_now(), arguments.person);
  if (output == Output::json) {
    print_json(tasks);
    return 0;
  }
  std::string text;
  for (const Value& task : tasks.list()) {
    text += fmt::format("{:<8} {}", task.at("id").text(), task.at("name").text());
    if (const auto due = task.at("due").date())
      text += fmt::format(" – до {}{}", to_iso(*due), task.at("overdue").truth() ? ", просрочено" : "");
    text += fmt::format("\n         {}\n", task.at("subject").text());
    for (const Value& one : task.at("outcomes").list())
      text += fmt::format("         исход: {}{}\n", one.at("label").text(),
                          one.at("reason_required").truth() ? " (нужна причина: --reason)" : "");
    std::vector<std::string> fields, people;
    for (const Value& one : task.at("fields").list())
      fields.push_back(one.at("label").text() + (one.at("required").truth() ? " (нужно)" : ""));
    for (const Value& one : task.at("people").list())
      people.push_back(one.text());
    if (!fields.empty()) text += "         поля: " + join(fields, "; ") + "\n";
    if (arguments.person.empty()) text += "         выполняет: " + join(people, ", ") + "\n";
  }
  print_text(text.empty() ? "Открытых задач нет.\n" : text);
  return 0;
}

int documents_command(const Arguments& arguments, Output output) {
  OpenCase open(arguments, service::CaseMode::existing);
  const Value documents = service::list_documents(open.get(), arguments.plan);
  if (output == Output::json) {
    print_json(documents);
    return 0;
  }
  std::string text;
  for (const Value& one : documents.list())
    text += fmt::format("{:<5} {}  {}\n", one.at("id").integer(), one.at("local").text(), one.at("file_name").text());
  print_text(text.empty() ? "Документов нет.\n" : text);
  return 0;
}

int register_command(const Arguments& arguments, Output output) {
  OpenCase open(arguments, service::CaseMode::existing);
  service::Case& c = open.up_to_now();
  const int year = year_of(arguments.year).value_or(vekha::year_of(c.today()));
  if (!arguments.annul.empty()) {
    const std::string warning = c.annul(arguments.annul, year, arguments.reason, arguments.person);
    if (!warning.empty()) tell(warning);
  } else if (!arguments.task.empty()) {
    Map fields;
    if (!arguments.number.empty()) fields.set("number", arguments.number);
    if (!arguments.sheets.empty()) fields.set("sheets", arguments.sheets);
    const service::Receipt receipt = c.complete(arguments.task, "", fields, arguments.reason, arguments.person);
    if (output == Output::text) {
      tell("Сделано: " + receipt.sentence + ".");
      for (const std::string& one : receipt.documents)
        tell("Создан документ: " + one);
      for (const std::string& one : receipt.tasks)
        tell("Открыта задача: " + one);
    }
  } else if (!arguments.number.empty() || !arguments.date.empty() || !arguments.title.empty()) {
    if (arguments.number.empty() || arguments.date.empty() || arguments.title.empty())
      throw Error(ErrorCode::usage, "Для стороннего документа нужны --number, --date и --title.");
    c.enter_foreign(arguments.number, date_of(arguments.date), arguments.title, arguments.person);
  }
  const Value book = service::list_register(c, year);
  if (output == Output::json) {
    print_json(book);
    return 0;
  }
  std::string text = fmt::format("Журнал регистрации {}, {} год\n", book.at("name").text(), year);
  for (const Value& entry : book.at("entries").list())
    text += fmt::format("{:<10} {}  {}{}\n", entry.at("number").text(),
                        entry.at("date").date() ? to_iso(*entry.at("date").date()) : std::string(10, ' '),
                        entry.at("title").text(),
                        entry.at("annulled").truth() ? " (номер аннулирован: " + entry.at("note").text() + ")" : "");
  std::vector<std::string> gaps;
  for (const Value& gap : book.at("gaps").list())
    gaps.push_back(gap.text());
  if (!gaps.empty()) text += "Пропущены номера: " + join(gaps, ", ") + ".\n";
  print_text(text + "Следующий номер: " + book.at("next").text() + "\n");
  return 0;
}

int history_command(const Arguments& arguments, Output output) {
  OpenCase open(arguments, service::CaseMode::existing);
  const Value history = service::list_history(open.get(), arguments.plan);
  if (output == Output::json) {
    print_json(history);
    return 0;
  }
  std::string text;
  for (const Value& event : history.list())
    if (!event.at("sentence").is_null()) text += event.at("local").text() + "  " + event.at("sentence").text() + "\n";
  print_text(text.empty() ? "В истории пока ничего нет.\n" : text);
  return 0;
}

}  // namespace vekha::cli
