#include "service/tools.h"

#include <fmt/format.h>

#include <memory>

#include "base/error.h"
#include "base/file.h"
#include "base/json.h"
#include "convert/office.h"
#include "documents/annotate.h"
#include "documents/form.h"
#include "documents/grid.h"
#include "documents/template.h"
#include "documents/workbook.h"
#include "ingest/ingest.h"
#include "roadmap/roadmap.h"
#include "russian/deadline.h"
#include "service/model.h"
#include "service/papers.h"
#include "workflow/definition.h"
#include "workflow/describe.h"
#include "workflow/run.h"

namespace vekha::service {

namespace fs = std::filesystem;

namespace {

constexpr uintmax_t template_limit = 64u << 20;
constexpr uintmax_t process_limit = 16u << 20;
constexpr const char* year_grid = "grids/year.json";

bool is_layout(const fs::path& file) { return file.extension() == ".json"; }

}  // namespace

ReadPlan read_plan(const fs::path& file, std::optional<Period> period) {
  ingest::ReadOptions options;
  options.period = period;
  ingest::ReadResult read = ingest::read_roadmap(file, options);
  return {roadmap::to_value(read.roadmap), std::move(read.diagnostics)};
}

Value read_phrase(const std::string& phrase, std::optional<Period> period, std::optional<int> context_year) {
  russian::DeadlineContext context;
  context.plan = period;
  context.year = context_year;
  return roadmap::to_value(russian::read_deadline(phrase, context));
}

TemplateFacts inspect_template(const fs::path& file, const Value* data) {
  std::string bytes = read_file(file, template_limit);
  if (is_layout(file)) return {Value(), documents::read_layout(bytes, file.string()).diagnostics};
  if (documents::is_workbook(bytes, file.string())) {
    const auto form = documents::Form::compile(std::move(bytes), file.string());
    return {documents::fields(form), data ? documents::check_data(form, *data) : form.diagnostics()};
  }
  const auto compiled = documents::Template::compile(std::move(bytes), file.string(), documents::partials_beside(file));
  TemplateFacts facts{documents::fields(compiled), compiled.diagnostics()};
  if (data) facts.diagnostics = documents::check_data(compiled, *data);
  return facts;
}

std::string annotated_template(const fs::path& file, const std::vector<Diagnostic>& diagnostics) {
  const std::string bytes = is_layout(file) ? std::string() : read_file(file, template_limit);
  if (is_layout(file) || documents::is_workbook(bytes, file.string()))
    throw Error(
        ErrorCode::usage,
        fmt::format("Примечания ставятся только в шаблоны Word, а «{}» – не такой. Уберите --comments: ошибки с "
                    "листом и ячейкой и так названы.",
                    file.string()));
  return documents::annotated(bytes, file.string(), diagnostics);
}

std::string to_pdf(const std::string& bytes, const std::string& extension, const std::string& file) {
  return convert::convert_with_office(bytes, extension.substr(1), "pdf", file);
}

std::string draw_grid(const Resources& resources, const fs::path& file, const std::string& unit) {
  roadmap::Roadmap read = file.extension() == ".json"
                              ? roadmap::roadmap_from_value(parse_json(read_file(file), file.string()))
                              : ingest::read_roadmap(file, {}).roadmap;
  const fs::path layout_file = resources.templates / year_grid;
  documents::GridLayoutReading reading = documents::read_layout(read_file(layout_file), year_grid);
  throw_if_faulty(fmt::format("В описании таблицы «{}» есть ошибки.", year_grid), reading.diagnostics);
  if (!unit.empty()) {
    const auto known = documents::period_unit_from(unit);
    if (!known || !reading.layout.periods)
      throw Error(ErrorCode::usage, fmt::format("Единица «{}» не известна. Укажите month, quarter или week.", unit));
    reading.layout.periods->unit = *known;
  }
  return documents::write_workbook(reading.layout, grid_model(read));
}

std::vector<Diagnostic> check_process(const fs::path& file) {
  const workflow::Loaded loaded = workflow::load(read_file(file, process_limit), file.string());
  return loaded.diagnostics;
}

std::string describe_process(const fs::path& file) {
  const workflow::Loaded loaded = workflow::load(read_file(file, process_limit), file.string());
  return loaded.definition ? workflow::describe(*loaded.definition) : std::string();
}

Value run_process(const fs::path& file, const std::string& process, const Value& variables, const Value& steps) {
  return workflow::run_file(read_file(file, process_limit), file.string(), process, variables.map(), steps.list());
}

}  // namespace vekha::service
