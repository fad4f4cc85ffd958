#include "cli/arguments.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "base/text.h"

namespace vekha::cli {

namespace {

// «2022-12-09» or «09.12.2022».
std::optional<Date> any_date(std::string_view text) {
  if (text.size() != 10 || text[2] != '.' || text[5] != '.') return parse_date(text);
  return parse_date(fmt::format("{}-{}-{}", text.substr(6, 4), text.substr(3, 2), text.substr(0, 2)));
}

// The first key among the words that the command does not have, with the nearest that it has.
std::string unknown_key(const CLI::App& command, int count, char** words) {
  const CLI::App* innermost = &command;
  while (!innermost->get_subcommands().empty())
    innermost = innermost->get_subcommands().front();
  std::vector<std::string> keys;
  for (const CLI::App* app = innermost; app; app = app->get_parent())
    for (const CLI::Option* option : app->get_options())
      for (const std::string& name : option->get_lnames())
        keys.push_back("--" + name);
  for (int i = 1; i < count; ++i) {
    const std::string key = std::string(words[i]).substr(0, std::string(words[i]).find('='));
    if (!key.starts_with("--") || std::find(keys.begin(), keys.end(), key) != keys.end()) continue;
    const std::string near = nearest(key, keys);
    return "ключа «" + key + "» нет" + (near.empty() ? "" : ", может быть, «" + near + "»?");
  }
  return "есть лишние слова";
}

// The library says in English what is wrong; people get one Russian sentence with the nearest command.
std::string usage_sentence(CLI::App& app, const CLI::ParseError& error, int count, char** words) {
  std::vector<std::string> names;
  for (const CLI::App* one : app.get_subcommands({}))
    names.push_back(one->get_name());
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    if (word.starts_with("-")) {
      if (word == "--case" || word == "--now") ++i;
      continue;
    }
    if (std::find(names.begin(), names.end(), word) != names.end()) {
      CLI::App* command = app.get_subcommand(word);
      if (!command->get_subcommands({}).empty() && command->get_subcommands().empty())
        return usage_sentence(*command, error, count - i, words + i);
      std::string usage = "Команда «" + word + "» дана неверно: ";
      if (dynamic_cast<const CLI::RequiredError*>(&error))
        usage += "не хватает обязательной части";
      else if (dynamic_cast<const CLI::ExtrasError*>(&error))
        usage += unknown_key(*command, count, words);
      else if (dynamic_cast<const CLI::ArgumentMismatch*>(&error))
        usage += "у ключа нет значения";
      else
        usage += error.what();
      return usage + (usage.ends_with('?') ? " " : ". ") + "Как надо, покажет vekha " + word + " --help.";
    }
    const std::string near = nearest(word, names);
    return near.empty() ? "Команды «" + word + "» нет. Список команд покажет vekha --help."
                        : "Команды «" + word + "» нет. Может быть, «" + near + "»?";
  }
  return "Не сказано, что делать. Список команд покажет vekha --help.";
}

}  // namespace

std::optional<Period> period_of(const Arguments& arguments) {
  if (arguments.period.empty()) return std::nullopt;
  const std::string_view text = arguments.period;
  const size_t dots = text.find("..");
  if (dots == std::string_view::npos) {
    if (const auto day = parse_date(arguments.period + "-01-01"))
      return Period{*day, make_date(vekha::year_of(*day), 12, 31)};
  } else if (const auto start = any_date(text.substr(0, dots)), end = any_date(text.substr(dots + 2));
             start && end && *start <= *end) {
    return Period{*start, *end};
  }
  throw Error(ErrorCode::usage,
              fmt::format("«{}» – не период. Напишите, например, 2023 или 01.09.2023..31.08.2024.", arguments.period));
}

std::optional<int> year_of(const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto day = parse_date(text + "-01-01");
  if (!day) throw Error(ErrorCode::usage, fmt::format("«{}» – не год. Напишите, например, 2023.", text));
  return vekha::year_of(*day);
}

Date date_of(const std::string& text) {
  const auto day = any_date(text);
  if (!day) throw Error(ErrorCode::usage, fmt::format("«{}» – не дата. Напишите, например, 09.12.2022.", text));
  return *day;
}

namespace {

// Adds every command to `app`; `chosen` becomes the function of the one that stands on the line.
void add_commands(CLI::App& app, Arguments& a, Run& chosen) {
  app.require_subcommand(1);
  app.option_defaults()->group("Ключи");
  app.set_help_flag("-h,--help", "показать эту справку");
  app.get_help_ptr()->group("Ключи");
  for (const auto& [english, russian] :
       {std::pair("Usage", "Как писать"), std::pair("Options", "Ключи"), std::pair("OPTIONS", "КЛЮЧИ"),
        std::pair("Subcommands", "Команды"), std::pair("SUBCOMMAND", "КОМАНДА"), std::pair("SUBCOMMANDS", "КОМАНДЫ"),
        std::pair("Positionals", "Части"), std::pair("TEXT", "ТЕКСТ"), std::pair("REQUIRED", "обязательно")})
    app.get_formatter()->label(english, russian);
  app.add_option("--case", a.case_folder, "папка дела");
  app.add_option("--now", a.now, "время вместо часов машины, 2022-12-05T14:32:00+03:00")->group("");
  app.fallthrough();

  const auto command = [&](CLI::App& parent, const char* name, const char* does, Run run) {
    CLI::App* one = parent.add_subcommand(name, does);
    one->group("Команды");
    one->option_defaults()->group("Ключи");
    one->get_help_ptr()->group("Ключи");
    one->add_flag("--json", a.json, "ответ одним значением JSON");
    if (run) one->callback([&chosen, run] { chosen = run; });
    return one;
  };
  const auto person = [&](CLI::App* one) { one->add_option("--as", a.person, "кто действует: фамилия или имя"); };

  CLI::App* read = command(app, "read", "прочитать дорожную карту, ничего не сохраняя", read_command);
  read->add_option("FILE", a.file, "файл дорожной карты")->required();
  read->add_option("--period", a.period, "период плана, 2020-01-01..2022-12-31");

  CLI::App* deadline = command(app, "deadline", "прочитать срок", deadline_command);
  deadline->add_option("PHRASE", a.file, "слова срока");
  deadline->add_option("--period", a.period, "период плана");
  deadline->add_option("--context-year", a.context_year, "год из строки над мероприятием");
  deadline->add_option("--batch", a.batch, "файл строк «слова<TAB>начало<TAB>конец[<TAB>год]»");

  CLI::App* fill = command(app, "fill", "заполнить шаблон", fill_command);
  fill->add_option("TEMPLATE", a.file, "шаблон .docx или описание таблицы .json")->required();
  fill->add_option("DATA", a.data, "данные .json или .jsonl")->required();
  fill->add_option("-o,--output", a.output, "файл или папка")->required();

  CLI::App* inspect = command(app, "template", "проверить шаблон", template_command);
  inspect->add_option("TEMPLATE", a.file, "шаблон")->required();
  inspect->add_option("--data", a.data, "данные, которыми его заполнят");
  inspect->add_option("--comments", a.comments, "копия шаблона Word с примечанием у каждой ошибки");

  CLI::App* grid = command(app, "grid", "план-график дорожной карты в Excel", grid_command);
  grid->add_option("FILE", a.file, "файл дорожной карты или её JSON")->required();
  grid->add_option("--unit", a.unit, "month, quarter или week");
  grid->add_option("-o,--output", a.output, "файл .xlsx")->required();

  CLI::App* process = command(app, "process", "проверить или испытать процесс", nullptr);
  process->require_subcommand(1);
  CLI::App* check = command(*process, "check", "проверить файл BPMN", process_check_command);
  check->add_option("FILE", a.file, "файл .bpmn")->required();
  check->add_flag("--text", a.text, "рассказать процесс по шагам");
  CLI::App* run = command(*process, "run", "выполнить процесс в памяти", process_run_command);
  run->add_option("FILE", a.file, "файл .bpmn")->required();
  run->add_option("--process", a.process, "идентификатор процесса");
  run->add_option("--vars", a.variables, "переменные, JSON");
  run->add_option("--steps", a.steps, "файл шагов, JSON");

  CLI::App* office = command(app, "office", "внести или показать сведения об организации", office_command);
  office->add_option("FILE", a.file, "файл office.json");

  CLI::App* add = command(app, "add", "принять дорожную карту в дело", add_command);
  add->add_option("FILE", a.file, "файл дорожной карты")->required();
  add->add_option("--period", a.period, "период плана");
  add->add_option("--office", a.office, "файл office.json, если в деле ещё нет организации");
  person(add);

  CLI::App* items = command(app, "items", "мероприятия и их стадии", items_command);
  items->add_option("PLAN", a.plan, "номер дорожной карты в деле");

  person(command(app, "tasks", "открытые задачи", tasks_command));

  CLI::App* act = command(app, "do", "выполнить задачу", do_command);
  act->add_option("TASK", a.task, "номер задачи")->required();
  act->add_option("--outcome", a.outcome, "исход");
  act->add_option("--set", a.sets, "поле: имя=значение")->expected(1)->take_all();
  act->add_option("--reason", a.reason, "причина");
  person(act);

  CLI::App* documents = command(app, "documents", "документы дела", documents_command);
  documents->add_option("PLAN", a.plan, "номер дорожной карты");

  CLI::App* reg =
      command(app, "register", "журнал: показать, зарегистрировать, внести, аннулировать", register_command);
  reg->add_option("TASK", a.task, "номер задачи регистрации");
  reg->add_option("--number", a.number, "номер; без него берётся следующий");
  reg->add_option("--sheets", a.sheets, "листов с приложениями");
  reg->add_option("--date", a.date, "дата документа");
  reg->add_option("--title", a.title, "заголовок стороннего документа: вносится строкой");
  reg->add_option("--annul", a.annul, "аннулировать номер");
  reg->add_option("--reason", a.reason, "причина");
  reg->add_option("--year", a.year, "год журнала");
  person(reg);

  command(app, "history", "история дела", history_command)->add_option("PLAN", a.plan, "номер дорожной карты");

  CLI::App* files = command(app, "export", "выгрузить документы в папку", export_command);
  files->add_option("PLAN", a.plan, "номер дорожной карты");
  files->add_option("-o,--output", a.output, "папка")->required();

  command(app, "verify", "проверить целость дела", verify_command);
}

}  // namespace

Run parse(int count, char** words, Arguments& arguments) {
  CLI::App app("Веха: дорожные карты от плана до аналитической справки", "vekha");
  Run chosen = nullptr;
  add_commands(app, arguments, chosen);
  try {
    app.parse(count, words);
  } catch (const CLI::CallForHelp&) {
    print_text(app.help());
    return nullptr;
  } catch (const CLI::ParseError& error) {
    throw Error(ErrorCode::usage, usage_sentence(app, error, count, words));
  }
  return chosen;
}

}  // namespace vekha::cli
