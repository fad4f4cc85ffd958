// The program: reads the command line, runs one command, turns an Error into an exit status.
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
    const cli::Run chosen = cli::parse(count, words, arguments);
    return chosen ? chosen(arguments, output) : 0;
  } catch (const Error& error) {
    return answer(error, output);
  } catch (const std::bad_alloc&) {
    return answer(Error(ErrorCode::environment, "Не хватает памяти."), output);
  } catch (const std::exception& error) {
    return answer(Error(ErrorCode::internal, std::string("Внутренняя ошибка программы: ") + error.what() + "."),
                  output);
  }
}
