#include "service/papers.h"

#include <fmt/format.h>

#include <optional>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "documents/grid.h"
#include "documents/template.h"
#include "documents/workbook.h"
#include "templating/plain_text.h"

namespace vekha::service {
namespace {

constexpr uintmax_t template_limit = 64u << 20;
// 255 bytes is what file systems take; Russian letters have two, and an extension and « (2)» come behind.
constexpr size_t name_limit = 230;

}  // namespace

std::string safe_file_name(std::string_view name) {
  std::string safe;
  for (const char c : name)
    safe += std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos || static_cast<unsigned char>(c) < 0x20
                ? '-'
                : c;
  safe = fold_space(safe);
  if (safe.size() > name_limit) {
    size_t cut = safe.rfind(' ', name_limit);
    if (cut == std::string::npos || cut < name_limit / 2) {
      cut = name_limit;
      while ((static_cast<unsigned char>(safe[cut]) & 0xC0) == 0x80)
        --cut;
    }
    safe.resize(cut);
  }
  while (!safe.empty() && (safe.back() == '.' || safe.back() == ' '))
    safe.pop_back();
  return safe.empty() ? "Документ" : safe;
}

struct Papers::Kept {
  std::optional<documents::Template> document;
  std::optional<documents::GridLayout> layout;
};

Papers::Papers(std::filesystem::path templates) : templates_(std::move(templates)) {}
Papers::~Papers() = default;

void throw_if_faulty(const std::string& what, const std::vector<Diagnostic>& diagnostics) {
  if (!has_errors(diagnostics)) return;
  std::string message = what;
  for (const Diagnostic& one : diagnostics)
    if (one.severity == Severity::error) message += "\n  " + to_text(one);
  throw Error(ErrorCode::faulty, message);
}

Papers::Kept& Papers::kept(const std::string& template_file) {
  auto& kept = kept_[template_file];
  if (kept) return *kept;
  auto made = std::make_unique<Kept>();
  std::string bytes = read_file(templates_ / template_file, template_limit);
  if (template_file.ends_with(".json")) {
    documents::GridLayoutReading reading = documents::read_layout(bytes, template_file);
    throw_if_faulty(fmt::format("В описании таблицы «{}» есть ошибки, документ не создан.", template_file),
                    reading.diagnostics);
    made->layout = std::move(reading.layout);
  } else {
    made->document = documents::Template::compile(std::move(bytes), template_file,
                                                  documents::partials_beside(templates_ / template_file));
    throw_if_faulty(fmt::format("В шаблоне «{}» есть ошибки, документ не создан.", template_file),
                    made->document->diagnostics());
  }
  kept = std::move(made);
  return *kept;
}

Paper Papers::make(const std::string& template_file, const std::string& name, const Value& model) {
  const Kept& kept = this->kept(template_file);
  Paper paper;
  templating::Rendered rendered = templating::render_text(name, model);
  throw_if_faulty(fmt::format("Имя документа «{}» не составляется.", name), rendered.diagnostics);
  paper.file_name = safe_file_name(rendered.text) + (kept.layout ? ".xlsx" : ".docx");
  if (kept.layout) {
    paper.bytes = documents::write_workbook(*kept.layout, model);
  } else {
    documents::Filled filled = documents::fill(*kept.document, model);
    throw_if_faulty(fmt::format("Шаблон «{}» не заполнен.", template_file), filled.diagnostics);
    paper.bytes = std::move(filled.bytes);
    paper.doubts = std::move(filled.diagnostics);
  }
  return paper;
}

}  // namespace vekha::service
