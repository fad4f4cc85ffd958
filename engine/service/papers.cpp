#include "service/papers.h"

#include <fmt/format.h>

#include <optional>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "documents/form.h"
#include "documents/grid.h"
#include "documents/template.h"
#include "documents/workbook.h"
#include "templating/plain_text.h"

namespace vekha::service {

namespace fs = std::filesystem;

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

void throw_if_faulty(const std::string& what, const std::vector<Diagnostic>& diagnostics) {
  if (!has_errors(diagnostics)) return;
  std::string message = what;
  for (const Diagnostic& one : diagnostics)
    if (one.severity == Severity::error) message += "\n  " + to_text(one);
  throw Error(ErrorCode::faulty, message);
}

struct Filler::Parts {
  std::optional<documents::Template> document;
  std::optional<documents::Form> form;
  std::optional<documents::GridLayout> layout;
  std::string name;
};

Filler::Filler(const fs::path& file, const std::string& name) : parts_(std::make_unique<Parts>()) {
  parts_->name = name;
  std::string bytes = read_file(file, template_limit);
  if (file.extension() == ".json") {
    documents::GridLayoutReading reading = documents::read_layout(bytes, name);
    throw_if_faulty(fmt::format("В описании таблицы «{}» есть ошибки, документ не создан.", name), reading.diagnostics);
    parts_->layout = std::move(reading.layout);
  } else if (documents::is_workbook(bytes, name)) {
    parts_->form = documents::Form::compile(std::move(bytes), name);
    throw_if_faulty(fmt::format("В форме «{}» есть ошибки, документ не создан.", name), parts_->form->diagnostics());
  } else {
    parts_->document = documents::Template::compile(std::move(bytes), name, documents::partials_beside(file));
    throw_if_faulty(fmt::format("В шаблоне «{}» есть ошибки, документ не создан.", name),
                    parts_->document->diagnostics());
  }
}

Filler::~Filler() = default;

std::string Filler::fill(const Value& data, std::vector<Diagnostic>& doubts) const {
  if (parts_->layout) return documents::write_workbook(*parts_->layout, data);
  documents::Filled filled =
      parts_->form ? documents::fill(*parts_->form, data) : documents::fill(*parts_->document, data);
  throw_if_faulty(fmt::format("Шаблон «{}» не заполнен.", parts_->name), filled.diagnostics);
  for (Diagnostic& one : filled.diagnostics)
    doubts.push_back(std::move(one));
  return std::move(filled.bytes);
}

std::string Filler::extension() const { return parts_->layout || parts_->form ? ".xlsx" : ".docx"; }

Paper Papers::make(const std::string& template_file, const std::string& name, const Value& model) {
  std::unique_ptr<Filler>& filler = fillers_[template_file];
  if (!filler) filler = std::make_unique<Filler>(templates_ / template_file, template_file);
  Paper paper;
  templating::Rendered rendered = templating::render_text(name, model);
  throw_if_faulty(fmt::format("Имя документа «{}» не составляется.", name), rendered.diagnostics);
  paper.file_name = safe_file_name(rendered.text) + filler->extension();
  paper.bytes = filler->fill(model, paper.doubts);
  return paper;
}

}  // namespace vekha::service
