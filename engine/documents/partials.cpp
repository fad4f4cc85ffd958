#include "documents/partials.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"
#include "documents/word_tags.h"
#include "opc/relationships.h"
#include "xml/xml.h"

namespace vekha::documents {
namespace {

using xml::Node;

constexpr int max_depth = 10;
constexpr uintmax_t max_fragment_size = 64u << 20;
constexpr size_t max_fragments = 1000;
constexpr const char* office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

int64_t number(std::string_view digits) {
  int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

// Whether the text of a part may hold the tag of a fragment, however it is cut.
bool may_have_partials(std::string_view content) {
  std::string text;
  bool inside = false;
  for (const char c : content) {
    if (c == '<') inside = true;
    if (!inside && static_cast<unsigned char>(c) > 0x20) text += c;
    if (c == '>') inside = false;
  }
  return text.find("{{>") != std::string::npos || text.find("{{&gt;") != std::string::npos ||
         text.find("{{\xC2\xA0&gt;") != std::string::npos;
}

// A text of a paragraph and where it lies in the whole.
struct TextPiece {
  Node node;
  size_t begin;
  size_t end;
};

void gather(Node node, std::vector<TextPiece>& pieces, std::string& text) {
  for (const Node& child : node.children()) {
    const std::string_view name = child.name();
    if (!child.is_element() || name == "w:del" || name == "w:moveFrom" || name == "w:txbxContent") continue;
    if (name == "w:t") {
      const std::string own = child.text();
      pieces.push_back({child, text.size(), text.size() + own.size()});
      text += own;
    } else {
      gather(child, pieces, text);
    }
  }
}

struct Found {
  std::string name;
  size_t begin = 0;
  size_t end = 0;
  bool alone = false;
};

std::optional<Found> find_partial(const std::string& text) {
  templating::Delimiters delimiters;
  std::vector<templating::Fault> faults;
  for (const templating::Tag& tag : templating::scan(text, delimiters, faults)) {
    if (tag.kind != templating::TagKind::partial) continue;
    Found found{tag.expression.name.text, tag.begin, tag.end, false};
    found.alone = trim(text.substr(0, tag.begin)).empty() && trim(text.substr(tag.end)).empty();
    return found;
  }
  return std::nullopt;
}

// A part of the package that is being changed.
class Editor {
 public:
  explicit Editor(const opc::Package& package) : package_(package) {}

  // nullptr where there is no such part.
  xml::Document* find(const std::string& name) {
    const auto known = open_.find(name);
    if (known != open_.end()) return &known->second;
    const opc::Part* part = package_.find(name);
    if (!part) return nullptr;
    return &open_.emplace(name, xml::Document::parse(package_.content(*part), package_.file() + ": " + name))
                .first->second;
  }
  xml::Document& make(const std::string& name, const char* root, const char* space) {
    xml::Document& made = open_.emplace(name, xml::Document()).first->second;
    made.append_root(root).set_attribute(std::string_view(root).starts_with("w:") ? "xmlns:w" : "xmlns", space);
    return made;
  }
  bool has(const std::string& name) const {
    return package_.find(name) || open_.count(name) > 0 || added_.count(name) > 0;
  }
  void add(const std::string& name, std::string content) { added_[name] = std::move(content); }

  std::string write() {
    opc::PackageWriter writer(opc::Compression::fast);
    for (const opc::Part& part : package_.parts()) {
      const auto changed = open_.find(part.name);
      if (changed == open_.end())
        writer.copy(package_, part);
      else
        writer.add(part.name, changed->second.to_string());
    }
    for (const auto& [name, document] : open_)
      if (!package_.find(name)) writer.add(name, document.to_string());
    for (const auto& [name, content] : added_)
      writer.add(name, content);
    return writer.finish();
  }

 private:
  const opc::Package& package_;
  std::map<std::string, xml::Document> open_;
  std::map<std::string, std::string> added_;
};

class Joiner {
 public:
  Joiner(const opc::Package& package, const PartialSource& source, Joined& joined)
      : package_(package), source_(source), joined_(joined), editor_(package) {
    for (const opc::Relationship& one : opc::relationships_of(package, {}))
      if (one.kind() == "officeDocument") main_ = one.target;
    for (const opc::Relationship& one : opc::relationships_of(package, main_)) {
      if (one.kind() == "styles") styles_ = one.target;
      if (one.kind() == "numbering") numbering_ = one.target;
    }
  }

  void part(const std::string& name) {
    const opc::Part* known = package_.find(name);
    if (!known || !may_have_partials(package_.content(*known))) return;
    part_ = name;
    blocks(editor_.find(name)->root(), 0);
  }

  bool changed() const { return count_ > 0; }
  std::string write() { return editor_.write(); }

 private:
  struct Fragment {
    opc::Package package;
    std::string main;
    xml::Document body;
    std::map<std::string, std::string> styles;  // what its styles are called here
    std::map<std::string, std::string> lists;
    std::map<std::string, std::string> parts;
  };

  void blocks(Node node, int depth) {
    for (const Node& child : node.children()) {
      if (!child.is_element()) continue;
      if (child.name() == "w:p") paragraph(child, depth);
      // Text boxes hold paragraphs within a paragraph; a paragraph that is gone holds none.
      if (child.parent()) blocks(child, depth);
    }
  }

  void miss(const std::string& name, std::string why) { joined_.missing.emplace(name, std::move(why)); }

  void paragraph(Node node, int depth) {
    for (;;) {
      std::vector<TextPiece> pieces;
      std::string text;
      gather(node, pieces, text);
      const std::optional<Found> found = find_partial(text);
      if (!found || joined_.missing.count(found->name)) return;
      if (depth >= max_depth) return miss(found->name, fmt::format("вставки вложены глубже {}", max_depth));
      if (++count_ > max_fragments) return miss(found->name, fmt::format("вставок больше {}", max_fragments));
      Fragment* fragment = load(found->name);
      if (!fragment) return;
      const Node body = fragment->body.root().child("w:body");
      std::vector<Node> content = body.children();
      std::erase_if(content, [](const Node& one) { return !one.is_element() || one.name() == "w:sectPr"; });
      if (found->alone) {
        put_blocks(node, content, *fragment, found->name, depth);
        return;
      }
      if (content.size() != 1 || content[0].name() != "w:p")
        return miss(found->name, "тег стоит внутри абзаца, а во вставке не один абзац");
      put_runs(node, pieces, *found, content[0], *fragment);
    }
  }

  void put_blocks(Node paragraph, const std::vector<Node>& content, Fragment& fragment, const std::string& name,
                  int depth) {
    Node parent = paragraph.parent();
    std::vector<Node> placed;
    for (const Node& block : content) {
      Node copy = parent.insert_copy_before(block, paragraph);
      copy.set_attribute(from_attribute, name);
      adopt(copy, fragment);
      placed.push_back(copy);
    }
    Node section = paragraph.child("w:pPr").child("w:sectPr");
    const bool last_in_cell =
        parent.name() == "w:tc" && (placed.empty() || placed.back().name() != "w:p") && !paragraph.next_sibling("w:p");
    if (section || last_in_cell) {
      for (const Node& child : paragraph.children())
        if (child.name() != "w:pPr") paragraph.remove_child(child);
    } else {
      parent.remove_child(paragraph);
    }
    for (const Node& block : placed) {
      if (block.name() == "w:p") this->paragraph(block, depth + 1);
      if (block.parent()) blocks(block, depth + 1);
    }
  }

  void put_runs(Node paragraph, const std::vector<TextPiece>& pieces, const Found& found, Node content,
                Fragment& fragment) {
    (void)paragraph;
    Node after;
    for (const TextPiece& piece : pieces) {
      if (piece.end <= found.begin || piece.begin >= found.end) continue;
      Node node = piece.node;
      const std::string text = node.text();
      const size_t from = std::max(found.begin, piece.begin) - piece.begin;
      const size_t to = std::min(found.end, piece.end) - piece.begin;
      Node run = node.parent();
      if (!after) {
        // What stands behind the tag in its run becomes a run of its own.
        Node rest = run.parent().insert_copy_after(run, run);
        for (const Node& child : rest.children())
          if (child.name() != "w:rPr") rest.remove_child(child);
        if (to < text.size()) {
          Node tail = rest.append_element("w:t");
          tail.set_attribute("xml:space", "preserve");
          tail.set_text(text.substr(to));
        }
        for (Node next = node.next(); next; next = node.next())
          rest.append_moved(next);
        node.set_text(text.substr(0, from));
        node.set_attribute("xml:space", "preserve");
        after = run;
      } else {
        node.set_text(text.substr(0, from) + text.substr(to));
      }
    }
    for (const Node& child : content.children()) {
      if (child.name() == "w:pPr" || !child.is_element()) continue;
      after = after.parent().insert_copy_after(child, after);
      adopt(after, fragment);
    }
  }

  Fragment* load(const std::string& name) {
    const auto known = fragments_.find(name);
    if (known != fragments_.end()) return &known->second;
    try {
      std::optional<std::string> bytes = source_ ? source_(name) : std::nullopt;
      if (!bytes) {
        miss(name, "такого файла нет");
        return nullptr;
      }
      Fragment fragment;
      fragment.package = opc::Package::read(std::move(*bytes), name + ".docx");
      for (const opc::Relationship& one : opc::relationships_of(fragment.package, {}))
        if (one.kind() == "officeDocument") fragment.main = one.target;
      const opc::Part* main = fragment.package.find(fragment.main);
      if (main) fragment.body = xml::Document::parse(fragment.package.content(*main), name + ".docx");
      if (!main || !fragment.body.root().child("w:body")) {
        miss(name, "это не документ Word");
        return nullptr;
      }
      for (const char* note : {"w:footnoteReference", "w:endnoteReference", "w:commentReference"})
        if (!fragment.body.root().descendants(note).empty()) {
          miss(name, "в ней есть сноски или примечания");
          return nullptr;
        }
      clean(fragment.body.root());
      return &fragments_.emplace(name, std::move(fragment)).first->second;
    } catch (const Error& error) {
      miss(name, "её файл не читается: " + error.message());
      return nullptr;
    }
  }

  // Makes what came from a fragment at home here: styles, lists, relationships, numbers.
  void adopt(Node node, Fragment& fragment) {
    const std::string_view name = node.name();
    if (name == "w:pStyle" || name == "w:rStyle" || name == "w:tblStyle") {
      node.set_attribute("w:val", style(std::string(node.attribute("w:val")), fragment));
    } else if (name == "w:numId") {
      node.set_attribute("w:val", list(std::string(node.attribute("w:val")), fragment));
    } else if (name == "wp:docPr") {
      node.set_attribute("id", std::to_string(next_drawing()));
    } else if (name == "w:bookmarkStart" || name == "w:bookmarkEnd") {
      bookmark(node);
    }
    if (name == "w:sdtPr")
      if (const Node id = node.child("w:id")) node.remove_child(id);
    for (const auto& [attribute, value] : node.attributes()) {
      if (attribute == "w14:paraId" || attribute == "w14:textId")
        node.remove_attribute(std::string(attribute));
      else if (attribute.starts_with("r:") && !value.empty())
        node.set_attribute(attribute, relation(std::string(value), fragment));
    }
    declare(node, fragment);
    for (const Node& child : node.children())
      if (child.is_element()) adopt(child, fragment);
  }

  // The names of namespaces that only the fragment declares at its root.
  void declare(Node node, const Fragment& fragment) {
    const auto need = [&](std::string_view name) {
      const size_t colon = name.find(':');
      if (colon == std::string_view::npos || name.starts_with("xmlns")) return;
      const std::string key = "xmlns:" + std::string(name.substr(0, colon));
      Node root = editor_.find(part_)->root();
      const std::string_view space = fragment.body.root().attribute(key);
      if (space.empty() || !root.attribute(key).empty()) return;
      root.set_attribute(key, space);
      const std::string_view ignorable = fragment.body.root().attribute("mc:Ignorable");
      const std::string prefix(name.substr(0, colon));
      for (const std::string_view one : split(ignorable, ' ')) {
        if (one != prefix) continue;
        if (root.attribute("xmlns:mc").empty())
          root.set_attribute("xmlns:mc", "http://schemas.openxmlformats.org/markup-compatibility/2006");
        root.set_attribute("mc:Ignorable",
                           std::string(trim(std::string(root.attribute("mc:Ignorable")) + " " + prefix)));
      }
    };
    need(node.name());
    for (const auto& [name, value] : node.attributes())
      need(name);
  }

  uint32_t next_drawing() {
    if (highest_ == 0) {
      for (const opc::Part& part : package_.parts()) {
        if (!part.name.ends_with(".xml") || !part.name.starts_with("word/")) continue;
        const std::string content = package_.content(part);
        if (content.find("docPr") == std::string::npos && content.find("bookmarkStart") == std::string::npos) continue;
        const xml::Document document = xml::Document::parse(content);
        for (const Node& one : document.root().descendants("wp:docPr"))
          highest_ = std::max(highest_, static_cast<uint32_t>(number(one.attribute("id"))));
        for (const Node& one : document.root().descendants("w:bookmarkStart")) {
          highest_ = std::max(highest_, static_cast<uint32_t>(number(one.attribute("w:id"))));
          bookmarks_.insert(std::string(one.attribute("w:name")));
        }
      }
    }
    return ++highest_;
  }

  void bookmark(Node node) {
    const std::string id(node.attribute("w:id"));
    if (node.name() == "w:bookmarkEnd") {
      const auto known = open_bookmarks_.find(id);
      if (known != open_bookmarks_.end()) node.set_attribute("w:id", known->second);
      return;
    }
    const std::string fresh = std::to_string(next_drawing());
    open_bookmarks_[id] = fresh;
    node.set_attribute("w:id", fresh);
    std::string name(node.attribute("w:name"));
    if (!bookmarks_.insert(name).second) {
      name += "_" + fresh;
      bookmarks_.insert(name);
    }
    node.set_attribute("w:name", name);
  }

  // The style of the fragment under its name here: a style of the same id and name is the template's.
  std::string style(const std::string& id, Fragment& fragment) {
    const auto known = fragment.styles.find(id);
    if (known != fragment.styles.end()) return known->second;
    fragment.styles[id] = id;
    if (styles_.empty()) return id;
    std::string source_name;
    for (const opc::Relationship& one : opc::relationships_of(fragment.package, fragment.main))
      if (one.kind() == "styles") source_name = one.target;
    const opc::Part* part = fragment.package.find(source_name);
    if (!part) return id;
    const xml::Document source = xml::Document::parse(fragment.package.content(*part), source_name);
    Node found;
    for (const Node& one : source.root().children("w:style"))
      if (one.attribute("w:styleId") == id) found = one;
    if (!found) return id;
    const auto name_of = [](Node node) { return to_lower(node.child("w:name").attribute("w:val")); };
    Node root = editor_.find(styles_)->root();
    std::set<std::string, std::less<>> taken;
    for (const Node& one : root.children("w:style")) {
      taken.emplace(one.attribute("w:styleId"));
      if (name_of(one) == name_of(found) && one.attribute("w:type") == found.attribute("w:type"))
        return fragment.styles[id] = std::string(one.attribute("w:styleId"));
    }
    std::string own = id;
    for (int i = 1; taken.count(own) > 0; ++i)
      own = fmt::format("{}{}", id, i);
    fragment.styles[id] = own;
    Node copy = root.append_copy(found);
    copy.set_attribute("w:styleId", own);
    copy.remove_attribute("w:default");
    for (const char* other : {"w:basedOn", "w:next", "w:link"})
      if (Node reference = copy.child(other))
        reference.set_attribute("w:val", style(std::string(reference.attribute("w:val")), fragment));
    if (Node list_id = copy.child("w:pPr").child("w:numPr").child("w:numId"))
      list_id.set_attribute("w:val", list(std::string(list_id.attribute("w:val")), fragment));
    return own;
  }

  std::string list(const std::string& id, Fragment& fragment) {
    if (id == "0" || id.empty()) return id;
    const auto known = fragment.lists.find(id);
    if (known != fragment.lists.end()) return known->second;
    fragment.lists[id] = "0";
    std::string source_name;
    for (const opc::Relationship& one : opc::relationships_of(fragment.package, fragment.main))
      if (one.kind() == "numbering") source_name = one.target;
    const opc::Part* part = fragment.package.find(source_name);
    if (!part) return "0";
    const xml::Document source = xml::Document::parse(fragment.package.content(*part), source_name);
    Node num, abstract;
    for (const Node& one : source.root().children("w:num"))
      if (one.attribute("w:numId") == id) num = one;
    for (const Node& one : source.root().children("w:abstractNum"))
      if (one.attribute("w:abstractNumId") == num.child("w:abstractNumId").attribute("w:val")) abstract = one;
    if (!num || !abstract) return "0";
    Node root = numbering_root();
    int64_t highest_num = 0, highest_abstract = -1;
    Node last_abstract, last_num;
    for (const Node& one : root.children("w:num")) {
      highest_num = std::max(highest_num, number(one.attribute("w:numId")));
      last_num = one;
    }
    for (const Node& one : root.children("w:abstractNum")) {
      highest_abstract = std::max(highest_abstract, number(one.attribute("w:abstractNumId")));
      last_abstract = one;
    }
    const Node first_num = root.child("w:num");
    Node copied = last_abstract
                      ? root.insert_copy_after(abstract, last_abstract)
                      : (first_num ? root.insert_copy_before(abstract, first_num) : root.append_copy(abstract));
    copied.set_attribute("w:abstractNumId", std::to_string(highest_abstract + 1));
    for (const char* of_file : {"w:nsid", "w:tmpl"})
      if (const Node one = copied.child(of_file)) copied.remove_child(one);
    for (Node level : copied.children("w:lvl")) {
      if (Node picture = level.child("w:lvlPicBulletId")) level.remove_child(picture);
      if (Node styled = level.child("w:pStyle")) level.remove_child(styled);
    }
    Node copy = root.insert_copy_after(num, last_num ? last_num : copied);
    copy.set_attribute("w:numId", std::to_string(highest_num + 1));
    copy.child("w:abstractNumId").set_attribute("w:val", std::to_string(highest_abstract + 1));
    return fragment.lists[id] = std::to_string(highest_num + 1);
  }

  Node numbering_root() {
    if (numbering_.empty()) {
      numbering_ = "word/numbering.xml";
      editor_.make(numbering_, "w:numbering", "http://schemas.openxmlformats.org/wordprocessingml/2006/main");
      relate(main_, fmt::format("{}numbering", office), "/" + numbering_, false);
      describe(numbering_, "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml");
    }
    return editor_.find(numbering_)->root();
  }

  std::string relate(const std::string& part, const std::string& type, const std::string& target, bool external) {
    const std::string name = opc::relationships_name(part);
    xml::Document* document = editor_.find(name);
    if (!document)
      document = &editor_.make(name, "Relationships", "http://schemas.openxmlformats.org/package/2006/relationships");
    Node root = document->root();
    std::set<std::string, std::less<>> taken;
    for (const Node& one : root.children()) {
      if (one.attribute("Type") == type && one.attribute("Target") == target) return std::string(one.attribute("Id"));
      taken.emplace(one.attribute("Id"));
    }
    size_t i = taken.size() + 1;
    while (taken.count(fmt::format("rId{}", i)) > 0)
      ++i;
    Node made = root.append_element("Relationship");
    made.set_attribute("Id", fmt::format("rId{}", i));
    made.set_attribute("Type", type);
    made.set_attribute("Target", target);
    if (external) made.set_attribute("TargetMode", "External");
    return fmt::format("rId{}", i);
  }

  void describe(const std::string& name, std::string_view type) {
    if (type.empty()) return;
    Node made = editor_.find("[Content_Types].xml")->root().append_element("Override");
    made.set_attribute("PartName", "/" + name);
    made.set_attribute("ContentType", type);
  }

  std::string relation(const std::string& id, Fragment& fragment) {
    for (const opc::Relationship& one : opc::relationships_of(fragment.package, fragment.main)) {
      if (one.id != id) continue;
      if (one.mode == opc::TargetMode::external) return relate(part_, one.type, one.target, true);
      const std::string here = copy_part(one.target, fragment, 0);
      return here.empty() ? std::string() : relate(part_, one.type, "/" + here, false);
    }
    return {};
  }

  // A part of the fragment with all it needs, under a name that is free here.
  std::string copy_part(const std::string& name, Fragment& fragment, int depth) {
    const auto known = fragment.parts.find(name);
    if (known != fragment.parts.end()) return known->second;
    const opc::Part* part = fragment.package.find(name);
    if (!part || depth > max_depth) return {};
    std::string own = name;
    const size_t dot = name.rfind('.');
    for (int i = 1; editor_.has(own); ++i)
      own = dot == std::string::npos ? fmt::format("{}v{}", name, i)
                                     : fmt::format("{}v{}{}", name.substr(0, dot), i, name.substr(dot));
    fragment.parts[name] = own;
    editor_.add(own, fragment.package.content(*part));
    describe(own, opc::ContentTypes::of(fragment.package).type_of(name));
    const std::vector<opc::Relationship> relations = opc::relationships_of(fragment.package, name);
    if (relations.empty()) return own;
    std::string xml = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    for (const opc::Relationship& one : relations) {
      const bool external = one.mode == opc::TargetMode::external;
      const std::string target = external ? one.target : "/" + copy_part(one.target, fragment, depth + 1);
      xml += fmt::format("<Relationship Id=\"{}\" Type=\"{}\" Target=\"{}\"{}/>", xml::escape_attribute(one.id),
                         xml::escape_attribute(one.type), xml::escape_attribute(target),
                         external ? " TargetMode=\"External\"" : "");
    }
    editor_.add(opc::relationships_name(own), xml + "</Relationships>");
    return own;
  }

  const opc::Package& package_;
  const PartialSource& source_;
  Joined& joined_;
  Editor editor_;
  std::string main_, styles_, numbering_;
  std::string part_;  // in work
  std::map<std::string, Fragment> fragments_;
  size_t count_ = 0;
  uint32_t highest_ = 0;
  std::set<std::string> bookmarks_;
  std::map<std::string, std::string> open_bookmarks_;
};

}  // namespace

PartialSource partials_beside(const std::filesystem::path& template_file) {
  return [folder = template_file.parent_path()](const std::string& name) -> std::optional<std::string> {
    for (const auto& one : {folder, folder / "вставки"}) {
      const std::filesystem::path file = one / (name + ".docx");
      std::error_code none;
      if (std::filesystem::is_regular_file(file, none)) return read_file(file, max_fragment_size);
    }
    return std::nullopt;
  };
}

Joined join_partials(const opc::Package& package, const std::vector<PartSource>& parts, const PartialSource& source) {
  Joined joined;
  Joiner joiner(package, source, joined);
  for (const PartSource& one : parts)
    if (one.kind == PartKind::word) joiner.part(one.name);
  if (joiner.changed()) joined.bytes = joiner.write();
  return joined;
}

}  // namespace vekha::documents
