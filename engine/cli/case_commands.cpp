// Commands that change a case.
#include <fmt/format.h>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/case_access.h"
#include "service/lists.h"
#include "service/tools.h"

namespace vekha::cli {
namespace {

using service::Receipt;

Value to_value(const Receipt& receipt) {
  List documents, tasks;
  for (const std::string& one : receipt.documents)
    documents.push_back(one);
  for (const std::string& one : receipt.tasks)
    tasks.push_back(one);
  return Map{{"plan", receipt.plan.empty() ? Value() : Value(receipt.plan)},
             {"documents", std::move(documents)},
             {"tasks", std::move(tasks)},
             {"diagnostics", vekha::to_value(receipt.doubts)}};
}

void print(const Receipt& receipt, Output output) {
  if (output == Output::json) {
    print_json(to_value(receipt));
    return;
  }
  tell(receipt.doubts);
  std::string text = receipt.sentence.empty() ? "" : "Сделано: " + receipt.sentence + ".\n";
  for (const std::string& one : receipt.documents)
    text += "Создан документ: " + one + "\n";
  for (const std::string& one : receipt.tasks)
    text += "Открыта задача: " + one + "\n";
  print_text(text);
}

// «да» and «нет» mean truth, digits a number where the field wants one; all else stays the text it is.
Map fields_of(const Arguments& arguments) {
  Map fields;
  for (const std::string& set : arguments.sets) {
    const size_t equals = set.find('=');
    if (equals == std::string::npos || equals == 0)
      throw Error(ErrorCode::usage, fmt::format("«{}» – не поле. Напишите имя=значение.", set));
    fields.set(set.substr(0, equals), set.substr(equals + 1));
  }
  return fields;
}

}  // namespace

int office_command(const Arguments& arguments, Output output) {
  if (arguments.file.empty()) {
    OpenCase open(arguments, service::CaseMode::existing);
    print_json(open.get().office_value());
    return 0;
  }
  OpenCase open(arguments, service::CaseMode::create);
  open.get().set_office(parse_json(read_file(arguments.file), arguments.file), arguments.file);
  if (output == Output::json)
    print_json(open.get().office_value());
  else
    tell("Сведения об организации внесены.");
  return 0;
}

int add_command(const Arguments& arguments, Output output) {
  std::string bytes = read_file(arguments.file, 64u << 20);
  service::read_plan(arguments.file, period_of(arguments));  // what is no roadmap makes no case
  OpenCase open(arguments, service::CaseMode::create);
  if (!arguments.office.empty())
    open.get().set_office(parse_json(read_file(arguments.office), arguments.office), arguments.office);
  const Receipt receipt =
      open.up_to_now().add(arguments.file, std::move(bytes), period_of(arguments), arguments.person);
  if (output == Output::text) tell(fmt::format("Дорожная карта принята в дело под номером {}.", receipt.plan));
  print(receipt, output);
  return 0;
}

int do_command(const Arguments& arguments, Output output) {
  OpenCase open(arguments, service::CaseMode::existing);
  print(open.up_to_now().complete(arguments.task, arguments.outcome, fields_of(arguments), arguments.reason,
                                  arguments.person),
        output);
  return 0;
}

int export_command(const Arguments& arguments, Output output) {
  OpenCase open(arguments, service::CaseMode::existing);
  const Value plans = service::list_items(open.get(), arguments.plan);
  size_t count = 0;
  for (const Value& plan : plans.list()) {
    const std::string& id = plan.at("plan").text();
    open.get().export_documents(
        id, arguments.plan.empty() ? arguments.output + "/" + open.get().folder_of(id) : arguments.output);
    count += open.get().documents(id).size();
  }
  if (output == Output::json)
    print_json(Map{{"folder", arguments.output}, {"documents", count}});
  else
    tell(fmt::format("Выгружено документов: {}, папка «{}».", count, arguments.output));
  return 0;
}

int verify_command(const Arguments& arguments, Output output) {
  OpenCase open(arguments, service::CaseMode::existing);
  const std::vector<std::string> faults = open.get().verify();
  List list;
  for (const std::string& fault : faults) {
    list.push_back(fault);
    if (output == Output::text) tell(fault);
  }
  if (output == Output::json)
    print_json(Map{{"faults", std::move(list)}});
  else if (faults.empty())
    tell("Дело цело: история и документы сходятся.");
  return faults.empty() ? 0 : 1;
}

}  // namespace vekha::cli
