// Reading, changing and writing XML, with the line and column of every element. The one place that knows the parser.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"

namespace pugi {
struct xml_node_struct;
}

namespace vekha::xml {

enum class NodeKind { none, element, text, cdata, comment, other };

// A light handle to a node of a Document, valid while that lives; a default one is «no node», and every question to it
// gives an empty answer, so that chains need no checks.
class Node {
 public:
  Node() = default;
  explicit operator bool() const { return node_ != nullptr; }
  bool operator==(const Node&) const = default;

  NodeKind kind() const;
  bool is_element() const { return kind() == NodeKind::element; }
  std::string_view name() const;        // as written, «w:p»
  std::string_view local_name() const;  // behind the prefix, «p»
  std::string_view value() const;       // of a text, CDATA or comment node
  std::string text() const;             // all text below, joined
  // Byte offset of the element's name in the source; npos for nodes made later.
  size_t offset() const;

  bool has_attribute(std::string_view name) const;
  std::string_view attribute(std::string_view name) const;  // empty where it is not there
  std::vector<std::pair<std::string_view, std::string_view>> attributes() const;

  Node parent() const;
  Node next() const;
  Node previous() const;
  Node first_child() const;
  Node last_child() const;
  std::vector<Node> children() const;
  // Elements among the children, by the name as written or, without a colon in `name`, by the local name.
  Node child(std::string_view name) const;
  std::vector<Node> children(std::string_view name) const;
  Node next_sibling(std::string_view name) const;
  // Elements anywhere below, in document order.
  std::vector<Node> descendants(std::string_view name) const;

  void set_name(std::string_view name);
  void set_value(std::string_view value);
  void set_attribute(std::string_view name, std::string_view value);
  void remove_attribute(std::string_view name);
  // Replaces everything below by one text.
  void set_text(std::string_view text);
  Node append_element(std::string_view name);
  Node prepend_element(std::string_view name);
  Node append_text(std::string_view text);
  Node insert_element_before(std::string_view name, Node sibling);
  Node insert_element_after(std::string_view name, Node sibling);
  // Deep copies, also from another document.
  Node append_copy(Node source);
  Node insert_copy_before(Node source, Node sibling);
  Node insert_copy_after(Node source, Node sibling);
  // Moves a node of the same document with everything below; handles to it stay good.
  void append_moved(Node moved);
  void insert_moved_before(Node moved, Node sibling);
  void insert_moved_after(Node moved, Node sibling);
  void remove_child(Node child);
  void remove_children();

  // This node with everything below as XML text, nothing added or indented.
  std::string to_string() const;

 private:
  friend class Document;
  explicit Node(pugi::xml_node_struct* node) : node_(node) {}
  pugi::xml_node_struct* node_ = nullptr;
};

class Document {
 public:
  // Parses all of `source`, white space kept as it is. DTDs are refused (they are how entity bombs come in).
  // Errors: unreadable, with `file`, line and column.
  static Document parse(std::string_view source, const std::string& file = {});

  Document();
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  Node root() const;  // the document element
  Node append_root(std::string_view name);
  Where where(Node node) const;

  // With an XML declaration (UTF-8, standalone), nothing indented: what was read is written as it was.
  std::string to_string() const;
  // The same, indented by two blanks: for files that people read.
  std::string to_indented_string() const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

// Text made safe between tags, and inside a double-quoted attribute. Characters XML 1.0 cannot hold are left out.
std::string escape_text(std::string_view text);
std::string escape_attribute(std::string_view text);
void append_escaped(std::string& out, std::string_view text);

}  // namespace vekha::xml
