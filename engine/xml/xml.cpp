#include "xml/xml.h"

#include <fmt/format.h>

#include <algorithm>
#include <pugixml.hpp>

#include "base/error.h"
#include "base/text.h"

namespace vekha::xml {
namespace {

// White space is content in Office files, so it is kept; DTDs are seen (and refused) by asking for them.
constexpr unsigned parse_flags =
    pugi::parse_default | pugi::parse_ws_pcdata | pugi::parse_comments | pugi::parse_pi | pugi::parse_doctype;

constexpr int max_depth = 2000;  // pugixml walks its trees by recursion in places, so do we

pugi::xml_node wrap(pugi::xml_node_struct* node) { return pugi::xml_node(node); }

bool named(pugi::xml_node node, std::string_view name) {
  if (node.type() != pugi::node_element) return false;
  const std::string_view full = node.name();
  if (full == name) return true;
  if (name.find(':') != std::string_view::npos) return false;
  const size_t colon = full.find(':');
  return colon != std::string_view::npos && full.substr(colon + 1) == name;
}

struct StringWriter final : pugi::xml_writer {
  std::string out;
  void write(const void* data, size_t size) override { out.append(static_cast<const char*>(data), size); }
};

std::string russian(pugi::xml_parse_status status) {
  switch (status) {
    case pugi::status_no_document_element: return "в файле нет ни одного элемента";
    case pugi::status_end_element_mismatch: return "закрывающий тег не подходит к открывающему";
    case pugi::status_bad_attribute: return "атрибут записан неверно";
    case pugi::status_bad_cdata:
    case pugi::status_bad_comment:
    case pugi::status_bad_pcdata: return "текст обрывается";
    case pugi::status_unrecognized_tag:
    case pugi::status_bad_start_element:
    case pugi::status_bad_end_element: return "тег записан неверно";
    default: return "файл обрывается или испорчен";
  }
}

[[noreturn]] void refuse(const std::string& file, std::string_view source, size_t at, const std::string& cause) {
  const TextPosition position = position_at(source, at);
  throw Error(ErrorCode::unreadable,
              fmt::format("Это не XML: {} (строка {}, столбец {}).", cause, position.line, position.column),
              fmt::format("{}:{}:{}", file, position.line, position.column));
}

}  // namespace

struct Document::Parts {
  // Readers ask for one place after another: what was counted for the last is not counted again.
  TextPosition position(size_t byte) {
    if (byte < last_byte) last_byte = 0, last = {};
    const TextPosition on = position_at(std::string_view(source).substr(last_byte, byte - last_byte), byte - last_byte);
    last.column = on.line == 1 ? last.column + on.column - 1 : on.column;
    last.line += on.line - 1;
    last_byte = byte;
    return last;
  }

  size_t last_byte = 0;
  TextPosition last;
  pugi::xml_document tree;
  std::string source;  // for positions
  std::string file;
};

NodeKind Node::kind() const {
  switch (wrap(node_).type()) {
    case pugi::node_null: return NodeKind::none;
    case pugi::node_element: return NodeKind::element;
    case pugi::node_pcdata: return NodeKind::text;
    case pugi::node_cdata: return NodeKind::cdata;
    case pugi::node_comment: return NodeKind::comment;
    default: return NodeKind::other;
  }
}

std::string_view Node::name() const { return wrap(node_).name(); }

std::string_view Node::local_name() const {
  const std::string_view full = name();
  const size_t colon = full.find(':');
  return colon == std::string_view::npos ? full : full.substr(colon + 1);
}

std::string_view Node::value() const { return wrap(node_).value(); }

std::string Node::text() const {
  std::string out;
  for (pugi::xml_node at = wrap(node_).first_child(); at; at = at.next_sibling()) {
    if (at.type() == pugi::node_pcdata || at.type() == pugi::node_cdata)
      out += at.value();
    else if (at.type() == pugi::node_element)
      out += Node(at.internal_object()).text();
  }
  return out;
}

size_t Node::offset() const {
  const ptrdiff_t offset = wrap(node_).offset_debug();
  return offset < 0 ? std::string_view::npos : static_cast<size_t>(offset);
}

bool Node::has_attribute(std::string_view name) const {
  return static_cast<bool>(wrap(node_).attribute(std::string(name).c_str()));
}

std::string_view Node::attribute(std::string_view name) const {
  return wrap(node_).attribute(std::string(name).c_str()).value();
}

std::vector<std::pair<std::string_view, std::string_view>> Node::attributes() const {
  std::vector<std::pair<std::string_view, std::string_view>> all;
  for (const pugi::xml_attribute& one : wrap(node_).attributes())
    all.emplace_back(one.name(), one.value());
  return all;
}

Node Node::parent() const {
  const pugi::xml_node parent = wrap(node_).parent();
  return parent.type() == pugi::node_document ? Node() : Node(parent.internal_object());
}
Node Node::next() const { return Node(wrap(node_).next_sibling().internal_object()); }
Node Node::previous() const { return Node(wrap(node_).previous_sibling().internal_object()); }
Node Node::first_child() const { return Node(wrap(node_).first_child().internal_object()); }
Node Node::last_child() const { return Node(wrap(node_).last_child().internal_object()); }

std::vector<Node> Node::children() const {
  std::vector<Node> all;
  for (pugi::xml_node at = wrap(node_).first_child(); at; at = at.next_sibling())
    all.push_back(Node(at.internal_object()));
  return all;
}

Node Node::child(std::string_view name) const {
  for (pugi::xml_node at = wrap(node_).first_child(); at; at = at.next_sibling())
    if (named(at, name)) return Node(at.internal_object());
  return {};
}

std::vector<Node> Node::children(std::string_view name) const {
  std::vector<Node> all;
  for (pugi::xml_node at = wrap(node_).first_child(); at; at = at.next_sibling())
    if (named(at, name)) all.push_back(Node(at.internal_object()));
  return all;
}

Node Node::next_sibling(std::string_view name) const {
  for (pugi::xml_node at = wrap(node_).next_sibling(); at; at = at.next_sibling())
    if (named(at, name)) return Node(at.internal_object());
  return {};
}

std::vector<Node> Node::descendants(std::string_view name) const {
  std::vector<Node> all;
  const pugi::xml_node top = wrap(node_);
  pugi::xml_node at = top.first_child();
  while (at) {
    if (named(at, name)) all.push_back(Node(at.internal_object()));
    if (at.first_child()) {
      at = at.first_child();
      continue;
    }
    while (at && at != top && !at.next_sibling())
      at = at.parent();
    if (!at || at == top) break;
    at = at.next_sibling();
  }
  return all;
}

void Node::set_name(std::string_view name) { wrap(node_).set_name(std::string(name).c_str()); }
void Node::set_value(std::string_view value) { wrap(node_).set_value(std::string(value).c_str()); }

void Node::set_attribute(std::string_view name, std::string_view value) {
  pugi::xml_node node = wrap(node_);
  const std::string key(name);
  pugi::xml_attribute attribute = node.attribute(key.c_str());
  if (!attribute) attribute = node.append_attribute(key.c_str());
  attribute.set_value(std::string(value).c_str());
}

void Node::remove_attribute(std::string_view name) { wrap(node_).remove_attribute(std::string(name).c_str()); }

void Node::set_text(std::string_view text) {
  remove_children();
  append_text(text);
}

Node Node::append_element(std::string_view name) {
  return Node(wrap(node_).append_child(std::string(name).c_str()).internal_object());
}
Node Node::prepend_element(std::string_view name) {
  return Node(wrap(node_).prepend_child(std::string(name).c_str()).internal_object());
}
Node Node::append_text(std::string_view text) {
  pugi::xml_node added = wrap(node_).append_child(pugi::node_pcdata);
  added.set_value(std::string(text).c_str());
  return Node(added.internal_object());
}
Node Node::insert_element_before(std::string_view name, Node sibling) {
  return Node(wrap(node_).insert_child_before(std::string(name).c_str(), wrap(sibling.node_)).internal_object());
}
Node Node::insert_element_after(std::string_view name, Node sibling) {
  return Node(wrap(node_).insert_child_after(std::string(name).c_str(), wrap(sibling.node_)).internal_object());
}
Node Node::append_copy(Node source) { return Node(wrap(node_).append_copy(wrap(source.node_)).internal_object()); }
Node Node::insert_copy_before(Node source, Node sibling) {
  return Node(wrap(node_).insert_copy_before(wrap(source.node_), wrap(sibling.node_)).internal_object());
}
Node Node::insert_copy_after(Node source, Node sibling) {
  return Node(wrap(node_).insert_copy_after(wrap(source.node_), wrap(sibling.node_)).internal_object());
}
void Node::append_moved(Node moved) { wrap(node_).append_move(wrap(moved.node_)); }
void Node::insert_moved_before(Node moved, Node sibling) {
  wrap(node_).insert_move_before(wrap(moved.node_), wrap(sibling.node_));
}
void Node::insert_moved_after(Node moved, Node sibling) {
  wrap(node_).insert_move_after(wrap(moved.node_), wrap(sibling.node_));
}
void Node::remove_child(Node child) { wrap(node_).remove_child(wrap(child.node_)); }
void Node::remove_children() { wrap(node_).remove_children(); }

std::string Node::to_string() const {
  StringWriter writer;
  wrap(node_).print(writer, "", pugi::format_raw, pugi::encoding_utf8);
  return std::move(writer.out);
}

Document::Document() : parts_(std::make_unique<Parts>()) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

Document Document::parse(std::string_view source, const std::string& file) {
  Document document;
  document.parts_->file = file;
  document.parts_->source = source;
  pugi::xml_document& tree = document.parts_->tree;
  const pugi::xml_parse_result result = tree.load_buffer(source.data(), source.size(), parse_flags);
  if (!result) refuse(file, source, static_cast<size_t>(std::max<ptrdiff_t>(result.offset, 0)), russian(result.status));
  for (pugi::xml_node at = tree.first_child(); at; at = at.next_sibling())
    if (at.type() == pugi::node_doctype) refuse(file, source, 0, "объявления DOCTYPE в таких файлах не допускаются");
  int depth = 0;
  for (pugi::xml_node at = tree.document_element(); at;) {
    if (at.first_child()) {
      at = at.first_child();
      if (++depth > max_depth) refuse(file, source, 0, fmt::format("вложенность глубже {} уровней", max_depth));
      continue;
    }
    while (at && !at.next_sibling()) {
      at = at.parent();
      --depth;
    }
    at = at.next_sibling();
  }
  return document;
}

Node Document::root() const { return Node(parts_->tree.document_element().internal_object()); }

Node Document::append_root(std::string_view name) {
  return Node(parts_->tree.append_child(std::string(name).c_str()).internal_object());
}

Where Document::where(Node node) const {
  Where where;
  where.file = parts_->file;
  const size_t offset = node.offset();
  if (offset == std::string_view::npos) return where;
  const TextPosition position = parts_->position(offset > 0 ? offset - 1 : 0);  // at the «<»
  where.line = position.line;
  where.column = position.column;
  return where;
}

std::string Document::to_string() const {
  return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n" + root().to_string();
}

std::string Document::to_indented_string() const {
  StringWriter writer;
  parts_->tree.document_element().print(writer, "  ", pugi::format_indent, pugi::encoding_utf8);
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + writer.out;
}

namespace {

void append_escaped(std::string& out, std::string_view text, bool attribute) {
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"':
        if (attribute)
          out += "&quot;";
        else
          out += c;
        break;
      case '\t':
      case '\n':
      case '\r':
        if (attribute)
          out += fmt::format("&#{};", static_cast<int>(c));
        else
          out += c;
        break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20) out += c;
    }
  }
}

}  // namespace

void append_escaped(std::string& out, std::string_view text) { append_escaped(out, text, false); }

std::string escape_text(std::string_view text) {
  std::string out;
  append_escaped(out, text, false);
  return out;
}

std::string escape_attribute(std::string_view text) {
  std::string out;
  append_escaped(out, text, true);
  return out;
}

}  // namespace vekha::xml
