// Commands that keep nothing.
#include <fmt/format.h>

#include <atomic>
#include <exception>
#include <fstream>
#include <new>
#include <optional>
#include <thread>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "cli/arguments.h"
#include "service/tools.h"

namespace vekha::cli {
namespace {

namespace fs = std::filesystem;

Value json_file(const std::string& file) { return parse_json(read_file(file), file); }

void print_plan(const Value& roadmap) {
  std::string text = roadmap.at("title").text() + "\n";
  if (!roadmap.at("period").is_null())
    text += fmt::format("Период: {} – {}\n", roadmap.at("period").at("start").text(),
                        roadmap.at("period").at("end").text());
  for (const Value& section : roadmap.at("sections").list()) {
    const std::string heading = std::string(trim(section.at("number").text() + " " + section.at("title").text()));
    if (!heading.empty()) text += "\n" + heading + "\n";
    for (const Value& item : section.at("items").list())
      text += fmt::format("  {:<6} {} [{}]\n", item.at("number").text(), item.at("title").text(),
                          item.at("deadline").at("text").text());
  }
  print_text(text);
}

// One line of DATA.jsonl: its document is written, or the fault is told.
std::optional<Error> fill_line(const Arguments& arguments, const service::Filler& filler, std::string_view line,
                               size_t number) try {
  std::vector<Diagnostic> doubts;
  const std::string bytes = filler.fill(parse_json(line, fmt::format("{}, строка {}", arguments.data, number)), doubts);
  write_file(fs::path(arguments.output) / fmt::format("{:06}{}", number, filler.extension()), bytes);
  return std::nullopt;
} catch (const Error& error) {
  return error;
} catch (const std::bad_alloc&) {  // nothing may leave a thread
  return Error(ErrorCode::environment, "Не хватает памяти.");
} catch (const std::exception& error) {
  return Error(ErrorCode::internal, std::string("Внутренняя ошибка программы: ") + error.what() + ".");
}

// DATA.jsonl to a folder: a faulty line is told and the others are written. As many at once as the machine has cores.
int fill_many(const Arguments& arguments, const service::Filler& filler, Output output) {
  const std::string text = read_file(arguments.data, 1u << 30);
  const std::vector<std::string_view> lines = split_lines(text);
  make_folder(arguments.output);
  std::vector<std::optional<Error>> faulty(lines.size());
  std::atomic<size_t> next = 0, written = 0;
  std::atomic<bool> stopped = false;
  const auto work = [&] {
    for (size_t i = next++; i < lines.size() && !stopped; i = next++) {
      if (trim(lines[i]).empty()) continue;
      faulty[i] = fill_line(arguments, filler, lines[i], i + 1);
      if (!faulty[i]) ++written;
      if (faulty[i] && faulty[i]->code() == ErrorCode::environment) stopped = true;  // the disk will not grow
    }
  };
  std::vector<std::thread> others;
  for (unsigned i = 1; i < std::min<size_t>(std::thread::hardware_concurrency(), lines.size()); ++i)
    others.emplace_back(work);
  work();
  for (std::thread& one : others)
    one.join();
  List faults;
  for (size_t i = 0; i < lines.size(); ++i) {
    if (!faulty[i]) continue;
    const Error& error = *faulty[i];
    if (error.code() == ErrorCode::environment) throw Error(error);
    if (output == Output::text) tell(fmt::format("Строка {} не заполнена: {}", i + 1, error.message()));
    faults.push_back(Map{{"line", i + 1}, {"code", to_string(error.code())}, {"message", error.message()}});
  }
  const bool any = !faults.empty();
  if (output == Output::json)
    print_json(Map{{"written", written.load()}, {"faults", std::move(faults)}});
  else
    tell(fmt::format("Создано документов: {}.", written.load()));
  return any ? 1 : 0;
}

}  // namespace

int read_command(const Arguments& arguments, Output output) {
  const service::ReadPlan read = service::read_plan(arguments.file, period_of(arguments));
  if (output == Output::json) {
    Map answer = read.roadmap.map();
    answer.set("diagnostics", to_value(read.diagnostics));
    print_json(answer);
  } else {
    print_plan(read.roadmap);
    tell(read.diagnostics);
  }
  return has_errors(read.diagnostics) ? 1 : 0;
}

int fill_command(const Arguments& arguments, Output output) {
  const service::Filler filler(arguments.file, arguments.file);
  if (arguments.data.ends_with(".jsonl")) return fill_many(arguments, filler, output);
  std::vector<Diagnostic> doubts;
  std::string bytes = filler.fill(json_file(arguments.data), doubts);
  if (arguments.output.ends_with(".pdf")) bytes = service::to_pdf(bytes, filler.extension(), arguments.output);
  write_file(arguments.output, bytes);
  if (output == Output::json)
    print_json(Map{{"file", arguments.output}, {"diagnostics", to_value(doubts)}});
  else
    tell(doubts);
  return 0;
}

int template_command(const Arguments& arguments, Output output) {
  Value data;
  if (!arguments.data.empty()) data = json_file(arguments.data);
  const service::TemplateFacts facts =
      service::inspect_template(arguments.file, arguments.data.empty() ? nullptr : &data);
  if (!arguments.comments.empty())
    write_file(arguments.comments, service::annotated_template(arguments.file, facts.diagnostics));
  if (output == Output::json) {
    print_json(Map{{"fields", facts.fields}, {"diagnostics", to_value(facts.diagnostics)}});
  } else {
    tell(facts.diagnostics);
    if (facts.diagnostics.empty()) tell("Ошибок в шаблоне нет.");
  }
  return has_errors(facts.diagnostics) ? 1 : 0;
}

int grid_command(const Arguments& arguments, Output output) {
  write_file(arguments.output, service::draw_grid(service::find_resources(), arguments.file, arguments.unit));
  if (output == Output::json) print_json(Map{{"file", arguments.output}});
  return 0;
}

int process_check_command(const Arguments& arguments, Output output) {
  const std::vector<Diagnostic> diagnostics = service::check_process(arguments.file);
  if (output == Output::json)
    print_json(Map{{"diagnostics", to_value(diagnostics)}});
  else if (arguments.text && !has_errors(diagnostics))
    print_text(service::describe_process(arguments.file));
  else if (diagnostics.empty())
    tell("Ошибок в процессе нет.");
  else
    tell(diagnostics);
  return has_errors(diagnostics) ? 1 : 0;
}

int process_run_command(const Arguments& arguments, Output) {
  const Value variables = arguments.variables.empty() ? Value(Map{}) : parse_json(arguments.variables, "--vars");
  const Value steps = arguments.steps.empty() ? Value(List{}) : json_file(arguments.steps);
  if (!variables.is<Map>()) throw Error(ErrorCode::usage, "После --vars нужен набор полей в фигурных скобках.");
  if (!steps.is<List>()) throw Error(ErrorCode::usage, "В файле шагов нужен список в квадратных скобках.");
  const Value answer = service::run_process(arguments.file, arguments.process, variables, steps);
  print_json(answer);
  const std::string& status = answer.at("status").text();
  return status == "completed" || status == "waiting" ? 0 : 1;
}

}  // namespace vekha::cli
