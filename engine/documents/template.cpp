#include "documents/template.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "base/error.h"
#include "base/text.h"
#include "documents/annexes.h"
#include "documents/filling.h"
#include "documents/partials.h"
#include "documents/template_parts.h"
#include "documents/word_compiler.h"
#include "documents/word_tags.h"
#include "opc/relationships.h"
#include "xml/xml.h"

namespace vekha::documents {
namespace {

// Parts whose texts are no paragraphs of Word: titles of charts, boxes of diagrams.
constexpr std::array<std::string_view, 2> drawn_parts = {"chart", "diagramData"};

// Word keeps addresses with «{» and the like as «%7B».
std::string decoded(std::string_view address) {
  std::string text;
  for (size_t i = 0; i < address.size(); ++i) {
    unsigned byte = 0;
    const char* begin = address.data() + i + 1;
    if (address[i] == '%' && i + 2 < address.size() && std::from_chars(begin, begin + 2, byte, 16).ptr == begin + 2) {
      text += static_cast<char>(byte);
      i += 2;
    } else {
      text += address[i];
    }
  }
  return text;
}

void add_part(const opc::Package& package, PartSource source, std::vector<PartSource>& wanted) {
  const bool known =
      std::any_of(wanted.begin(), wanted.end(), [&](const PartSource& one) { return one.name == source.name; });
  if (known || !package.find(source.name)) return;
  std::vector<PartSource> drawn;
  if (source.kind == PartKind::word) {
    for (const opc::Relationship& one : opc::relationships_of(package, source.name)) {
      if (one.mode == opc::TargetMode::external) {
        if (std::string address = decoded(one.target); address.find("{{") != std::string::npos)
          source.addresses[one.id] = std::move(address);
        continue;
      }
      if (one.kind() == "chart" && package.find(one.target)) source.charts[one.id] = one.target;
      if (is_one_of(one.kind(), drawn_parts))
        drawn.push_back({one.target, PartKind::properties, one.kind() == "chart" ? "диаграмма" : "схема", {}, {}});
    }
  }
  wanted.push_back(std::move(source));
  for (PartSource& one : drawn)
    add_part(package, std::move(one), wanted);
}

// The main part first.
std::vector<PartSource> tagged_parts(const opc::Package& package, const std::string& main) {
  static const std::map<std::string_view, std::string_view> titles = {{"header", "верхний колонтитул"},
                                                                      {"footer", "нижний колонтитул"},
                                                                      {"footnotes", "сноски"},
                                                                      {"endnotes", "концевые сноски"},
                                                                      {"comments", "примечания"}};
  std::vector<PartSource> wanted;
  add_part(package, {main, PartKind::word, {}, {}, {}}, wanted);
  std::map<std::string_view, int> counts;
  for (const opc::Relationship& one : opc::relationships_of(package, main)) {
    const auto title = titles.find(one.kind());
    if (title == titles.end() || one.mode == opc::TargetMode::external) continue;
    const bool numbered = title->first == "header" || title->first == "footer";
    add_part(package,
             {one.target,
              PartKind::word,
              numbered ? fmt::format("{} {}", title->second, ++counts[title->first]) : std::string(title->second),
              {},
              {}},
             wanted);
  }
  for (const opc::Relationship& one : opc::relationships_of(package, {}))
    if (one.kind().ends_with("-properties"))
      add_part(package, {one.target, PartKind::properties, "свойства документа", {}, {}}, wanted);
  return wanted;
}

std::string main_part(const opc::Package& package) {
  for (const opc::Relationship& one : opc::relationships_of(package, {}))
    if (one.kind() == "officeDocument") return one.target;
  return {};
}

// A text box stands in a file twice, for new and for old programs; its faults are told once.
std::vector<Diagnostic> without_repetitions(std::vector<Diagnostic> all) {
  std::vector<Diagnostic> once;
  for (Diagnostic& one : all)
    if (std::find(once.begin(), once.end(), one) == once.end()) once.push_back(std::move(one));
  return once;
}

// A table of contents knows its pages only when Word has laid them out: it is asked to do so on opening.
void ask_for_fields(TemplateParts& parts, const std::string& main) {
  const opc::Package& package = parts.package;
  const opc::Part* part = package.find(main);
  const std::string content = package.content(*part);
  const size_t field = content.find("TOC \\");
  if (field == std::string::npos) return;
  for (const opc::Relationship& one : opc::relationships_of(package, main)) {
    const opc::Part* settings = one.kind() == "settings" ? package.find(one.target) : nullptr;
    if (!settings) continue;
    xml::Document document = xml::Document::parse(package.content(*settings), one.target);
    xml::Node root = document.root();
    if (root.child("w:updateFields") || !root.name().starts_with("w:")) return;
    // Source: ISO/IEC 29500-1, CT_Settings: what comes before `updateFields`.
    static constexpr std::array<std::string_view, 8> behind = {"w:hdrShapeDefaults", "w:footnotePr",    "w:endnotePr",
                                                               "w:compat",           "w:docVars",       "w:rsids",
                                                               "m:mathPr",           "w:attachedSchema"};
    static constexpr std::array<std::string_view, 12> far_behind = {"w:themeFontLang",
                                                                    "w:clrSchemeMapping",
                                                                    "w:doNotIncludeSubdocsInStats",
                                                                    "w:doNotAutoCompressPictures",
                                                                    "w:forceUpgrade",
                                                                    "w:captions",
                                                                    "w:readModeInkLockDown",
                                                                    "w:smartTagType",
                                                                    "sl:schemaLibrary",
                                                                    "w:shapeDefaults",
                                                                    "w:decimalSymbol",
                                                                    "w:listSeparator"};
    xml::Node before;
    for (const xml::Node& child : root.children())
      if (!before && (is_one_of(child.name(), behind) || is_one_of(child.name(), far_behind) ||
                      child.name().starts_with("w14:") || child.name().starts_with("w15:")))
        before = child;
    xml::Node asked =
        before ? root.insert_element_before("w:updateFields", before) : root.append_element("w:updateFields");
    asked.set_attribute("w:val", "true");
    parts.changed[static_cast<size_t>(settings - package.parts().data())] = document.to_string();
  }
}

opc::KnownText known_text(const Program& program) {
  std::vector<opc::KnownStretch> stretches;
  for (const Instruction& instruction : program.code)
    if (instruction.code == Code::literal) stretches.push_back({instruction.a, instruction.b});
  return {program.literals, stretches};
}

// Packs what was printed but the last `kept` bytes; cut where a literal begins, so that none is torn.
void drain(Sink& sink, opc::Deflater& deflater, size_t kept) {
  size_t end = sink.bytes.size();
  size_t count = sink.spans.size();
  if (kept > 0) {
    if (end <= kept) return;
    const size_t limit = end - kept;
    while (count > 0 && sink.spans[count - 1].at > limit)
      --count;
    if (count == 0) return;
    end = sink.spans[--count].at;
  }
  std::vector<opc::Deflater::Span> spans;
  spans.reserve(count);
  for (size_t i = 0; i < count; ++i)
    spans.push_back({sink.spans[i].at, sink.spans[i].from, sink.spans[i].size});
  deflater.add(std::string_view(sink.bytes).substr(0, end), spans);
  sink.bytes.erase(0, end);
  sink.spans.erase(sink.spans.begin(), sink.spans.begin() + static_cast<ptrdiff_t>(count));
  for (LiteralSpan& one : sink.spans)
    one.at -= end;
}

// A filled part, packed with what is known of the template or, when it shall be small, to be packed as a whole.
struct FilledPart {
  opc::Packed packed;
  std::string bytes;
};

FilledPart run_part(const CompiledPart& part, Filling& filling, opc::Compression compression) {
  Sink sink;
  sink.bytes.reserve(part.program.literals.size() + part.program.literals.size() / 2);
  if (compression == opc::Compression::small) {
    filling.run(part.program, part.index, sink);
    return {{}, std::move(sink.bytes)};
  }
  opc::Deflater deflater(part.known);
  filling.run(part.program, part.index, sink, [&](Sink& printed) { drain(printed, deflater, Filling::kept_tail); });
  drain(sink, deflater, 0);
  return {deflater.finish(), {}};
}

}  // namespace

Template Template::compile(std::string bytes, const std::string& file_name, const PartialSource& partials) {
  auto parts = std::make_shared<TemplateParts>();
  parts->package = opc::Package::read(std::move(bytes), file_name);
  const std::string main = main_part(parts->package);
  const std::string type(opc::ContentTypes::of(parts->package).type_of(main));
  if (!parts->package.find(main) ||
      (type.find("wordprocessingml") == std::string::npos && type.find("ms-word") == std::string::npos))
    throw Error(ErrorCode::unreadable,
                fmt::format("Файл «{}» – не документ Word. Шаблон должен быть файлом .docx или .dotx.", file_name),
                file_name);
  if (type.find("macroEnabled") != std::string::npos)
    throw Error(
        ErrorCode::refused,
        fmt::format("Файл «{}» – документ с макросами, такие шаблоны не заполняются. Сохраните его в Word как обычный "
                    "документ .docx.",
                    file_name),
        file_name);
  CompilerState state;
  state.file = file_name;
  std::vector<PartSource> wanted = tagged_parts(parts->package, main);
  if (Joined joined = join_partials(parts->package, wanted, partials);
      !joined.bytes.empty() || !joined.missing.empty()) {
    state.missing_partials = std::move(joined.missing);
    if (!joined.bytes.empty()) {
      parts->package = opc::Package::read(std::move(joined.bytes), file_name);
      wanted = tagged_parts(parts->package, main);
    }
  }
  const opc::Package& package = parts->package;
  state.numbering = Numbering::read(package, main);
  for (const PartSource& one : wanted) {
    const opc::Part* part = package.find(one.name);
    CompiledProgram compiled = compile_part(package.content(*part), one, state);
    if (compiled.has_tags)
      parts->compiled.push_back({static_cast<size_t>(part - package.parts().data()), std::move(compiled.program), {}});
  }
  if (type.find("template.main+xml") != std::string::npos) {
    const opc::Part& part = *package.find("[Content_Types].xml");
    parts->changed[static_cast<size_t>(&part - package.parts().data())] =
        replace_all(package.content(part), "wordprocessingml.template.main+xml", "wordprocessingml.document.main+xml");
  }
  ask_for_fields(*parts, main);
  std::sort(parts->compiled.begin(), parts->compiled.end(),
            [](const CompiledPart& a, const CompiledPart& b) { return a.index < b.index; });
  parts->diagnostics = without_repetitions(std::move(state.diagnostics));
  parts->first_free_id = state.highest_id + 1;
  parts->once_slots = state.once_slots;
  parts->merge_slots = state.merge_slots;
  parts->lists = std::move(state.lists);
  parts->numbering = std::move(state.numbering);
  if (!has_errors(parts->diagnostics))
    for (CompiledPart& part : parts->compiled)
      part.known = known_text(part.program);
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
  Annexes annexes(parts);
  Filling filling(data, parts, annexes);
  std::vector<FilledPart> outs;
  for (const CompiledPart& part : parts.compiled)
    outs.push_back(run_part(part, filling, compression));
  std::move(filling.diagnostics.begin(), filling.diagnostics.end(), std::back_inserter(filled.diagnostics));
  if (has_errors(filled.diagnostics)) return filled;
  const Annexes::Result more = std::move(annexes).finish();
  opc::PackageWriter writer(compression);
  size_t next = 0;
  for (size_t i = 0; i < parts.package.parts().size(); ++i) {
    const opc::Part& part = parts.package.parts()[i];
    if (const auto changed = more.changed.find(i); changed != more.changed.end())
      writer.add(part.name, changed->second);
    else if (next < parts.compiled.size() && parts.compiled[next].index == i && outs[next].bytes.empty())
      writer.add_packed(part.name, outs[next].packed);
    else if (next < parts.compiled.size() && parts.compiled[next].index == i)
      writer.add(part.name, outs[next].bytes);
    else if (const auto fixed = parts.changed.find(i); fixed != parts.changed.end())
      writer.add(part.name, fixed->second);
    else
      writer.copy(parts.package, part);
    if (next < parts.compiled.size() && parts.compiled[next].index == i) ++next;
  }
  for (const Annexes::Named& one : more.added)
    writer.add(one.name, one.content);
  filled.bytes = writer.finish();
  return filled;
}

std::vector<Diagnostic> check_data(const Template& from, const Value& data) {
  const TemplateParts& parts = from.parts();
  Annexes annexes(parts);
  Filling filling(data, parts, annexes);
  for (const CompiledPart& part : parts.compiled) {
    Sink sink;
    filling.run(part.program, part.index, sink, [](Sink& printed) {
      printed.bytes.erase(0, printed.bytes.size() - Filling::kept_tail);
      printed.spans.clear();
    });
  }
  std::vector<Diagnostic> all = parts.diagnostics;
  // A faulty section leaves the names in it without their context: what is said about them then may not be so.
  const bool sections =
      std::any_of(all.begin(), all.end(), [](const Diagnostic& one) { return one.code.starts_with("section-"); });
  if (sections) std::erase_if(filling.diagnostics, [](const Diagnostic& one) { return one.code == "unknown-name"; });
  std::move(filling.diagnostics.begin(), filling.diagnostics.end(), std::back_inserter(all));
  return all;
}

}  // namespace vekha::documents
