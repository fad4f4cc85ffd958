#include "documents/word_compiler.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "base/error.h"
#include "documents/word_sections.h"
#include "documents/word_tags.h"
#include "xml/xml.h"

namespace vekha::documents {
namespace {

using templating::TagKind;
using xml::Node;
using xml::NodeKind;

// They hold paragraphs and tables, and must end with a paragraph.
constexpr std::array<std::string_view, 8> containers = {"w:body",     "w:tc",      "w:hdr",     "w:ftr",
                                                        "w:footnote", "w:endnote", "w:comment", "w:txbxContent"};
// What may stand once only in a document, whatever is repeated around it: others refer to it by its name or number.
constexpr std::array<std::string_view, 9> unique_elements = {
    "w:bookmarkStart",      "w:bookmarkEnd",      "w:commentRangeStart", "w:commentRangeEnd", "w:commentReference",
    "w:moveFromRangeStart", "w:moveFromRangeEnd", "w:moveToRangeStart",  "w:moveToRangeEnd"};
// Numbers of paragraphs that Word gives anew when they are missing.
constexpr std::array<std::string_view, 2> paragraph_ids = {"w14:paraId", "w14:textId"};

class Writer {
 public:
  Writer(PartTags& part, CompilerState& state) : part_(part), state_(state) {
    for (const PlacedTag& placed : part.tags)
      program_.tags.push_back({placed.tag.expression, placed.tag.source, part.units[placed.unit].place});
  }

  Program write(Node root) {
    text("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n");
    element(root);
    flush();
    while (!open_.empty())
      crossing(open_.back().tag, part_.tags[open_.back().tag].partner);
    return std::move(program_);
  }

 private:
  // A section whose close has not come yet, and the element in which it opened.
  struct Open {
    size_t tag;
    uint32_t at;
    Node inside;
  };

  void text(std::string_view what) { program_.literals += what; }

  // Ends the literal being written.
  void flush() {
    const auto end = static_cast<uint32_t>(program_.literals.size());
    if (end > begin_) program_.code.push_back({Code::literal, begin_, end - begin_});
    begin_ = end;
  }

  uint32_t emit(Code code, uint32_t a = 0, uint32_t b = 0) {
    flush();
    program_.code.push_back({code, a, b});
    return static_cast<uint32_t>(program_.code.size() - 1);
  }

  // Keeps a text aside from the literal being written, for instructions that name it.
  std::pair<uint32_t, uint32_t> aside(const std::string& what) {
    flush();
    const auto offset = static_cast<uint32_t>(program_.literals.size());
    program_.literals += what;
    begin_ = static_cast<uint32_t>(program_.literals.size());
    return {offset, static_cast<uint32_t>(what.size())};
  }

  void children(Node node) {
    for (Node child = node.first_child(); child; child = child.next())
      any(child);
  }

  void any(Node node) {
    switch (node.kind()) {
      case NodeKind::text:
      case NodeKind::cdata: marked_text(node); break;
      case NodeKind::element:
        if (node.name() == mark_element)
          mark(number(node.attribute(mark_number)), node.parent(), Code::plain_value);
        else
          element(node);
        break;
      default: break;  // comments and the like do not concern a reader
    }
  }

  static size_t number(std::string_view digits) {
    size_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  }

  void marked_text(Node node) {
    const std::string_view value = node.value();
    const Node holder = node.parent();
    const Code code = holder.name() == "w:t" ? Code::run_value : Code::plain_value;
    size_t at = 0;
    for (size_t begin = 0; (begin = value.find(mark_begin, at)) != std::string_view::npos;) {
      const size_t end = value.find(mark_end, begin);
      xml::append_escaped(program_.literals, value.substr(at, begin - at));
      mark(number(value.substr(begin + 1, end - begin - 1)), holder, code);
      at = end + 1;
    }
    xml::append_escaped(program_.literals, value.substr(at));
  }

  void mark(size_t tag, Node inside, Code value_code) {
    const PlacedTag& placed = part_.tags[tag];
    const auto index = static_cast<uint32_t>(tag);
    switch (placed.tag.kind) {
      case TagKind::value: emit(value_code, index); break;
      case TagKind::section:
      case TagKind::inverted:
        if (placed.partner == no_index) break;  // told already
        open_.push_back({tag, emit(placed.tag.kind == TagKind::section ? Code::open : Code::inverted, index), inside});
        break;
      case TagKind::close:
        if (placed.partner == no_index) break;
        if (open_.empty() || open_.back().tag != placed.partner || open_.back().inside != inside) {
          crossing(placed.partner, tag);
          break;
        }
        program_.code[open_.back().at].b = emit(Code::close, open_.back().at);
        open_.pop_back();
        break;
      default: break;
    }
  }

  void crossing(size_t open, size_t close) {
    std::erase_if(open_, [&](const Open& one) { return one.tag == open; });
    part_.report(part_.tags[open].unit, "section-crossing",
                 fmt::format("Раздел «{}» и его конец «{}» захватывают часть другого раздела или ячейки.",
                             part_.tags[open].tag.source, part_.tags[close].tag.source),
                 "Поставьте оба тега в отдельные абзацы или в строки одной таблицы.");
  }

  void element(Node node) {
    const std::string_view name = node.name();
    if (name == ghost_element) return;
    if (is_one_of(name, unique_elements) && !open_.empty()) {
      const uint32_t once = emit(Code::once, static_cast<uint32_t>(state_.once_slots++));
      plain_element(node);
      flush();
      program_.code[once].b = static_cast<uint32_t>(program_.code.size());
      return;
    }
    if (name == "w:tbl" && all_rows_may_be_missing(node)) {
      emit(Code::table_begin);
      start(node);
      children(node);
      emit(Code::table_end);
      return;
    }
    plain_element(node);
  }

  void plain_element(Node node) {
    if (!node.first_child() && node.name() != "w:p" && !is_one_of(node.name(), containers)) {
      start(node, "/>");
      return;
    }
    start(node);
    if (is_one_of(node.name(), containers))
      container(node);
    else if (node.name() == "w:sdtContent")
      blocks(node);
    else
      children(node);
    text("</");
    text(node.name());
    text(">");
  }

  void start(Node node, std::string_view end = ">") {
    text("<");
    text(node.name());
    const bool is_drawing = node.local_name() == "docPr";
    for (const auto& [name, value] : node.attributes()) {
      if (!open_.empty() && is_one_of(name, paragraph_ids)) continue;
      text(" ");
      text(name);
      text("=\"");
      if (is_drawing && name == "id") {
        state_.highest_drawing_id = std::max(state_.highest_drawing_id, static_cast<uint32_t>(number(value)));
        if (open_.empty())
          text(value);
        else
          emit(Code::fresh_id);
      } else {
        text(xml::escape_attribute(value));
      }
      text("\"");
    }
    text(end);
  }

  bool all_rows_may_be_missing(Node table) const {
    int depth = 0;
    for (const Node& child : table.children()) {
      if (child.name() == mark_element)
        depth += part_.tags[number(child.attribute(mark_number))].tag.kind == TagKind::close ? -1 : 1;
      else if ((child.name() == "w:tr" || child.name() == "w:sdt") && depth == 0)
        return false;
    }
    return true;
  }

  // What stands between paragraphs: kept apart tables, and whether the last thing is surely a paragraph.
  struct Blocks {
    bool surely_paragraph = false;
    std::string properties;  // of the paragraph that would have to stand in: of the nearest one taken out
  };

  Blocks blocks(Node node, Node until = {}) {
    Blocks result;
    const size_t depth = open_.size();
    bool after_boundary = false;
    for (Node child = node.first_child(); child && child != until; child = child.next()) {
      const std::string_view name = child.name();
      if (name == mark_element) {
        after_boundary = true;
      } else if (name == ghost_element) {
        after_boundary = true;
        const Node properties = child.child("w:pPr");
        result.properties = properties ? written_properties(properties) : std::string();
      } else if (name == "w:p") {
        if (open_.size() == depth) result.surely_paragraph = true;
        after_boundary = false;
      } else if (name == "w:tbl") {
        if (after_boundary) {
          const auto [offset, size] = aside(result.properties);
          emit(Code::before_table, offset, size);
        }
        result.surely_paragraph = false;
        after_boundary = false;
      } else if (name == "w:sdt") {
        if (open_.size() == depth) result.surely_paragraph = true;
        after_boundary = false;
      }
      any(child);
    }
    return result;
  }

  void container(Node node) {
    const Node last = node.last_child();
    const Node section = node.name() == "w:body" && last.name() == "w:sectPr" ? last : Node();
    Blocks result = blocks(node, section);
    if (!result.surely_paragraph) {
      if (result.properties.empty())
        if (const Node properties = node.child("w:p").child("w:pPr"))
          result.properties = written_properties(properties);
      const auto [offset, size] = aside(result.properties);
      emit(Code::end_container, offset, size);
    }
    if (section) element(section);
  }

  static std::string written_properties(Node properties) {
    if (properties.child("w:sectPr") || properties.child("w:numPr")) return {};
    return properties.to_string();
  }

  PartTags& part_;
  CompilerState& state_;
  Program program_;
  uint32_t begin_ = 0;  // of the literal being written
  std::vector<Open> open_;
};

}  // namespace

CompiledProgram compile_part(std::string_view source, PartKind kind, const std::string& name, const std::string& title,
                             CompilerState& state) {
  const xml::Document document = xml::Document::parse(source, state.file + ": " + name);
  // The standard lets a file call the namespace of Word anything; every program that writes such files calls it «w».
  if (kind == PartKind::word && !document.root().name().starts_with("w:"))
    throw Error(
        ErrorCode::unreadable,
        fmt::format("Файл «{}» записан необычной программой (часть «{}»). Откройте его в Word и сохраните заново.",
                    state.file, name),
        state.file);
  PartTags part;
  part.file = state.file;
  part.title = title;
  clean(document.root());
  if (kind == PartKind::word)
    find_tags(document.root(), part);
  else
    find_plain_tags(document.root(), part);
  place_sections(part);
  CompiledProgram compiled;
  compiled.has_tags = !part.tags.empty();
  compiled.program = Writer(part, state).write(document.root());
  std::move(part.diagnostics.begin(), part.diagnostics.end(), std::back_inserter(state.diagnostics));
  return compiled;
}

}  // namespace vekha::documents
