#include "documents/template.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/error.h"
#include "base/text.h"
#include "documents/program.h"
#include "documents/template_parts.h"
#include "documents/word_compiler.h"
#include "opc/relationships.h"

namespace vekha::documents {
namespace {

// A part in which tags are looked for.
struct Wanted {
  std::string name;
  PartKind kind;
  std::string title;
};

void add_tagged_parts(const opc::Package& package, const std::string& main, std::vector<Wanted>& wanted) {
  static const std::map<std::string_view, std::string_view> titles = {{"header", "верхний колонтитул"},
                                                                      {"footer", "нижний колонтитул"},
                                                                      {"footnotes", "сноски"},
                                                                      {"endnotes", "концевые сноски"},
                                                                      {"comments", "примечания"}};
  std::map<std::string_view, int> counts;
  for (const opc::Relationship& one : opc::relationships_of(package, main)) {
    const auto title = titles.find(one.kind());
    if (title == titles.end() || one.mode == opc::TargetMode::external) continue;
    const bool numbered = title->first == "header" || title->first == "footer";
    wanted.push_back(
        {one.target, PartKind::word,
         numbered ? fmt::format("{} {}", title->second, ++counts[title->first]) : std::string(title->second)});
  }
}

std::string main_part(const opc::Package& package, std::vector<Wanted>& wanted) {
  std::string main;
  for (const opc::Relationship& one : opc::relationships_of(package, {})) {
    if (one.kind() == "officeDocument") main = one.target;
    if (one.kind() == "core-properties" || one.kind() == "custom-properties")
      wanted.push_back({one.target, PartKind::properties, "свойства документа"});
  }
  return main;
}

Program literal_program(std::string content) {
  Program program;
  program.code.push_back({Code::literal, 0, static_cast<uint32_t>(content.size())});
  program.literals = std::move(content);
  return program;
}

// A text box stands in a file twice, for new and for old programs; its faults are told once.
std::vector<Diagnostic> without_repetitions(std::vector<Diagnostic> all) {
  std::vector<Diagnostic> once;
  for (Diagnostic& one : all)
    if (std::find(once.begin(), once.end(), one) == once.end()) once.push_back(std::move(one));
  return once;
}

// Word keeps the addresses of links beside the text, as «%7B%7Bsite%7D%7D» too.
void refuse_tags_in_links(const opc::Package& package, const std::string& part, CompilerState& state) {
  for (const opc::Relationship& one : opc::relationships_of(package, part)) {
    if (one.mode != opc::TargetMode::external) continue;
    if (one.target.find("{{") == std::string::npos && one.target.find("%7B%7B") == std::string::npos) continue;
    state.diagnostics.push_back({Severity::error,
                                 "tag-in-link",
                                 {state.file, 0, 0, {}},
                                 fmt::format("Тег стоит в адресе ссылки «{}»: там теги не заполняются.", one.target),
                                 "Уберите ссылку и поставьте тег обычным текстом."});
  }
}

void run_all(const TemplateParts& parts, Filling& filling, std::vector<std::string>& outs) {
  for (const CompiledPart& part : parts.compiled) {
    std::string& out = outs.emplace_back();
    out.reserve(part.program.literals.size() + part.program.literals.size() / 2);
    filling.run(part.program, out);
  }
}

}  // namespace

Template Template::compile(std::string bytes, const std::string& file_name) {
  auto parts = std::make_shared<TemplateParts>();
  parts->package = opc::Package::read(std::move(bytes), file_name);
  const opc::Package& package = parts->package;
  const opc::ContentTypes types = opc::ContentTypes::of(package);
  std::vector<Wanted> wanted;
  const std::string main = main_part(package, wanted);
  const std::string_view type = types.type_of(main);
  if (!package.find(main) ||
      (type.find("wordprocessingml") == std::string_view::npos && type.find("ms-word") == std::string_view::npos))
    throw Error(ErrorCode::unreadable,
                fmt::format("Файл «{}» – не документ Word. Шаблон должен быть файлом .docx или .dotx.", file_name),
                file_name);
  if (type.find("macroEnabled") != std::string_view::npos)
    throw Error(
        ErrorCode::refused,
        fmt::format("Файл «{}» – документ с макросами, такие шаблоны не заполняются. Сохраните его в Word как обычный "
                    "документ .docx.",
                    file_name),
        file_name);
  wanted.insert(wanted.begin(), {main, PartKind::word, {}});
  add_tagged_parts(package, main, wanted);

  CompilerState state;
  state.file = file_name;
  for (const Wanted& one : wanted) {
    const opc::Part* part = package.find(one.name);
    if (!part) continue;
    const auto index = static_cast<size_t>(part - package.parts().data());
    if (std::any_of(parts->compiled.begin(), parts->compiled.end(),
                    [&](const CompiledPart& known) { return known.index == index; }))
      continue;
    CompiledProgram compiled = compile_part(package.content(*part), one.kind, one.name, one.title, state);
    refuse_tags_in_links(package, one.name, state);
    if (compiled.has_tags) parts->compiled.push_back({index, std::move(compiled.program)});
  }
  if (type.find("template.main+xml") != std::string_view::npos) {
    const opc::Part& part = *package.find("[Content_Types].xml");
    parts->compiled.push_back({static_cast<size_t>(&part - package.parts().data()),
                               literal_program(replace_all(package.content(part), "wordprocessingml.template.main+xml",
                                                           "wordprocessingml.document.main+xml"))});
  }
  std::sort(parts->compiled.begin(), parts->compiled.end(),
            [](const CompiledPart& a, const CompiledPart& b) { return a.index < b.index; });
  parts->diagnostics = without_repetitions(std::move(state.diagnostics));
  parts->first_free_id = state.highest_drawing_id + 1;
  parts->once_slots = state.once_slots;
  Template result;
  result.parts_ = std::move(parts);
  return result;
}

const std::vector<Diagnostic>& Template::diagnostics() const { return parts_->diagnostics; }
const std::string& Template::file_name() const { return parts_->package.file(); }

Filled fill(const Template& from, const Value& data, opc::Compression compression) {
  const TemplateParts& parts = from.parts();
  Filled filled;
  filled.diagnostics = parts.diagnostics;
  if (has_errors(filled.diagnostics)) return filled;
  Filling filling(data, from.file_name(), parts.first_free_id, parts.once_slots);
  std::vector<std::string> outs;
  run_all(parts, filling, outs);
  std::move(filling.diagnostics.begin(), filling.diagnostics.end(), std::back_inserter(filled.diagnostics));
  if (has_errors(filled.diagnostics)) return filled;
  opc::PackageWriter writer(compression);
  size_t next = 0;
  for (size_t i = 0; i < parts.package.parts().size(); ++i) {
    const opc::Part& part = parts.package.parts()[i];
    if (next < parts.compiled.size() && parts.compiled[next].index == i)
      writer.add(part.name, outs[next++]);
    else
      writer.copy(parts.package, part);
  }
  filled.bytes = writer.finish();
  return filled;
}

std::vector<Diagnostic> check_data(const Template& from, const Value& data) {
  const TemplateParts& parts = from.parts();
  if (has_errors(parts.diagnostics)) return parts.diagnostics;
  Filling filling(data, from.file_name(), parts.first_free_id, parts.once_slots);
  std::vector<std::string> outs;
  run_all(parts, filling, outs);
  std::vector<Diagnostic> all = parts.diagnostics;
  std::move(filling.diagnostics.begin(), filling.diagnostics.end(), std::back_inserter(all));
  return all;
}

}  // namespace vekha::documents
