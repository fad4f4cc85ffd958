// The program: reads the command line, runs one command, turns an Error into an exit status.
#include <CLI/CLI.hpp>
#include <cstring>
#include <exception>
#include <new>

#include "base/text.h"
#include "cli/arguments.h"

using namespace vekha;

namespace {

bool wants_json(int count, char** words) {
  for (int i = 1; i < count; ++i)
    if (std::strcmp(words[i], "--json") == 0) return true;
  return false;
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

// Ends with 3 where even the error cannot be told: the reader of our output has gone.
int answer(const Error& error, cli::Output output) {
  try {
    return cli::report(error, output);
  } catch (const Error&) {
    return cli::exit_status(ErrorCode::environment);
  }
}

}  // namespace

int main(int count, char** words) {
  const cli::Output output = wants_json(count, words) ? cli::Output::json : cli::Output::text;
  try {
    cli::Arguments arguments;
    cli::Run chosen = nullptr;
    CLI::App app("Веха: дорожные карты от плана до аналитической справки", "vekha");
    cli::add_commands(app, arguments, chosen);
    try {
      app.parse(count, words);
    } catch (const CLI::CallForHelp&) {
      cli::print_text(app.help());
      return 0;
    } catch (const CLI::ParseError& error) {
      throw Error(ErrorCode::usage, usage_sentence(app, error, count, words));
    }
    return chosen(arguments, output);
  } catch (const Error& error) {
    return answer(error, output);
  } catch (const std::bad_alloc&) {
    return answer(Error(ErrorCode::environment, "Не хватает памяти."), output);
  } catch (const std::exception& error) {
    return answer(Error(ErrorCode::internal, std::string("Внутренняя ошибка программы: ") + error.what() + "."),
                  output);
  }
}
