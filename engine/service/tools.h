// The use cases that keep nothing: read a file, read a phrase, fill a template, draw a grid, try a process.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/diagnostic.h"
#include "base/value.h"
#include "service/papers.h"
#include "service/resources.h"

namespace vekha::service {

struct ReadPlan {
  Value roadmap;  // the JSON of DESIGN «read», without diagnostics
  std::vector<Diagnostic> diagnostics;
};

// Errors: unreadable.
ReadPlan read_plan(const std::filesystem::path& file, std::optional<Period> period);

// A deadline as JSON. `context_year` is the year of a band row above it.
Value read_phrase(const std::string& phrase, std::optional<Period> period, std::optional<int> context_year);

struct TemplateFacts {
  Value fields;  // JSON Schema; null for a workbook's layout
  std::vector<Diagnostic> diagnostics;
};

// Checks a template, and `data` against it where it is given. Errors: unreadable.
TemplateFacts inspect_template(const std::filesystem::path& file, const Value* data);

// The template with a comment of Word's at every fault. Errors: usage, for what is no Word template.
std::string annotated_template(const std::filesystem::path& file, const std::vector<Diagnostic>& diagnostics);

// A document as PDF, by LibreOffice. `extension` is «.docx» or «.xlsx», `file` names it in messages.
// Errors: environment, where LibreOffice is missing; unreadable, when it fails or takes longer than a minute.
std::string to_pdf(const std::string& bytes, const std::string& extension, const std::string& file);

// The plan-grid of a roadmap file, or of the JSON of `read`. `unit` is month, quarter or week, empty for the layout's
// own. Errors: unreadable; usage, for another unit.
std::string draw_grid(const Resources& resources, const std::filesystem::path& file, const std::string& unit);

// `vekha process check`: all diagnostics of a process file. Errors: unreadable, when there is no such file.
std::vector<Diagnostic> check_process(const std::filesystem::path& file);

// `vekha process check --text`: the process in numbered Russian sentences; empty where the file has errors.
std::string describe_process(const std::filesystem::path& file);

// `vekha process run`.
Value run_process(const std::filesystem::path& file, const std::string& process, const Value& variables,
                  const Value& steps);

}  // namespace vekha::service
