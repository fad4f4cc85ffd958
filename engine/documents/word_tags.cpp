#include "documents/word_tags.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/text.h"
#include "documents/word_objects.h"

namespace vekha::documents {
namespace {

using templating::TagKind;
using xml::Node;
using xml::NodeKind;

// Elements in which no text of the document stands: properties, and what a revision has taken out.
bool holds_no_text(std::string_view name) {
  return name.ends_with("Pr") || name.ends_with("Grid") || name == "w:del" || name == "w:moveFrom";
}

constexpr std::array<std::string_view, 2> editor_marks = {"w:proofErr", "w:lastRenderedPageBreak"};

constexpr size_t max_faults = 500;
constexpr size_t max_tags = 1000;  // in one paragraph

constexpr const char* object_character = "\uFFFC";

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r'; }

// A piece of a paragraph's text: a w:t, or an element that stands for one character.
struct Atom {
  enum class Kind { text, space, object };
  Node node;
  Kind kind;
  size_t begin;
  size_t end;
};

class Finder {
 public:
  enum class Mode { tags, places };
  explicit Finder(PartTags& part, Mode mode = Mode::tags) : part_(part), mode_(mode) {}

  struct Counters {
    int paragraphs = 0;
    int tables = 0;
  };

  void container(Node node, const std::string& place, Counters& counters) {
    std::string fragment;  // of the blocks before, and their own counters
    Counters inside;
    for (Node child : node.children()) {
      if (child.has_attribute(from_attribute)) {
        const std::string from(child.attribute(from_attribute));
        child.remove_attribute(from_attribute);
        part_.has_fragments = true;
        if (from != fragment) inside = {};
        fragment = from;
        block(child, with(place, fmt::format("вставка «{}»", from)), inside, node);
      } else {
        fragment.clear();
        block(child, place, counters, node);
      }
    }
  }

  void block(Node child, const std::string& place, Counters& counters, Node node) {
    {
      const std::string_view name = child.name();
      if (name == "w:p") {
        ++counters.paragraphs;
        const bool alone = counters.paragraphs == 1 && !child.next_sibling("w:p") && node.name() == "w:tc";
        paragraph(child, alone ? place : with(place, fmt::format("абзац {}", counters.paragraphs)));
      } else if (name == "w:tbl") {
        ++counters.tables;
        int rows = 0;
        table(child, with(place, fmt::format("таблица {}", counters.tables)), rows);
      } else if (name == "w:footnote" || name == "w:endnote" || name == "w:comment") {
        Counters own;
        container(child, with(place, fmt::format("номер {}", child.attribute("w:id"))), own);
      } else if (child.is_element() && !holds_no_text(name)) {
        if (name == "w:sdt") controls_.push_back(child);
        container(child, place, counters);  // a content control, an alternative, the body
      }
    }
  }

  void plain(Node node) {
    if (!node.first_child()) return;
    const std::vector<Node> children = node.children();
    if (std::none_of(children.begin(), children.end(), [](const Node& child) { return child.is_element(); })) {
      unit(node, part_.title, {{node, Atom::Kind::text, 0, node.text().size()}}, node.text());
      return;
    }
    for (const Node& child : children)
      if (child.is_element()) plain(child);
  }

 private:
  static std::string with(const std::string& place, const std::string& more) {
    return place.empty() ? more : place + ", " + more;
  }

  void table(Node node, const std::string& place, int& rows) {
    for (const Node& child : node.children()) {
      if (child.name() == "w:tr") {
        int cells = 0;
        row(child, with(place, fmt::format("строка {}", ++rows)), cells);
      } else if (child.is_element() && !holds_no_text(child.name())) {
        table(child, place, rows);
      }
    }
  }

  void row(Node node, const std::string& place, int& cells) {
    for (const Node& child : node.children()) {
      if (child.name() == "w:tc") {
        Counters own;
        container(child, with(place, fmt::format("графа {}", ++cells)), own);
      } else if (child.is_element() && !holds_no_text(child.name())) {
        row(child, place, cells);
      }
    }
  }

  void paragraph(Node node, const std::string& place) {
    std::vector<Atom> atoms;
    std::vector<Node> boxes;
    std::string text;
    gather(node, atoms, boxes, text);
    unit(node, place, atoms, text);
    for (const Node& box : boxes) {
      Counters own;
      container(box, with(place, "надпись"), own);
    }
  }

  void gather(Node node, std::vector<Atom>& atoms, std::vector<Node>& boxes, std::string& text) {
    const auto add = [&](Node atom, Atom::Kind kind, std::string_view what) {
      atoms.push_back({atom, kind, text.size(), text.size() + what.size()});
      text += what;
    };
    const bool is_run = node.name() == "w:r";
    for (const Node& child : node.children()) {
      const std::string_view name = child.name();
      if (!child.is_element()) continue;
      if (!is_run) {
        if (name == "w:hyperlink" && child.has_attribute("r:id")) links_.push_back(child);
        if (name == "w:sdt") controls_.push_back(child);
        if (name.starts_with("m:"))
          add(child, Atom::Kind::object, object_character);
        else if (!holds_no_text(name))
          gather(child, atoms, boxes, text);
      } else if (name == "w:t") {
        add(child, Atom::Kind::text, child.text());
      } else if (name == "w:noBreakHyphen") {
        add(child, Atom::Kind::space, "-");
      } else if (name == "w:tab" || name == "w:cr" || (name == "w:br" && plain_break(child))) {
        add(child, Atom::Kind::space, " ");
      } else if (name == "w:softHyphen") {
        add(child, Atom::Kind::space, "\u00AD");
      } else if (name != "w:rPr") {
        add(child, Atom::Kind::object, object_character);
        find_boxes(child, boxes);
        if (name == "w:drawing" || name == "w:pict" || name == "w:object" || name == "mc:AlternateContent")
          drawings_.push_back(child);
        if (name == "w:instrText") check_field(child);
      }
    }
  }

  static bool plain_break(Node node) {
    const std::string_view type = node.attribute("w:type");
    return type.empty() || type == "textWrapping";
  }

  void find_boxes(Node node, std::vector<Node>& boxes) {
    for (const Node& child : node.children()) {
      if (child.name() == "w:txbxContent")
        boxes.push_back(child);
      else if (child.is_element())
        find_boxes(child, boxes);
    }
  }

  void check_field(Node node) {
    if (node.text().find("{{") != std::string::npos) fields_.push_back(node.text());
  }

  // Finds the tags in a text and puts marks in their place.
  void unit(Node node, const std::string& place, const std::vector<Atom>& atoms, const std::string& text) {
    const size_t number = part_.units.size();
    part_.units.push_back(
        {node,
         part_.title.empty() || place == part_.title ? place : (place.empty() ? part_.title : with(part_.title, place)),
         true, false, 0});
    if (mode_ == Mode::places) return;
    for (const std::string& field : fields_)
      part_.report(number, "tag-in-field",
                   fmt::format("Тег стоит в коде поля «{}»: там теги не заполняются.", trim(field)),
                   "Уберите поле (Ctrl+Shift+F9) и поставьте тег обычным текстом.");
    fill_objects(part_, number, drawings_, links_, controls_);
    drawings_.clear();
    links_.clear();
    controls_.clear();
    fields_.clear();
    std::vector<templating::Fault> faults;
    std::vector<templating::Tag> tags = templating::scan(text, delimiters_, faults);
    for (templating::Fault& fault : faults) {
      fault.diagnostic.where = {part_.file, 0, 0, part_.units[number].place};
      part_.add(std::move(fault.diagnostic));
    }
    if (tags.size() > max_tags) {
      part_.report(number, "too-many-tags", fmt::format("В одном абзаце больше {} тегов.", max_tags),
                   "Разделите его на несколько абзацев.");
      tags.clear();
    }
    TextUnit& unit = part_.units[number];
    unit.tag_count = tags.size();
    unit.blank = is_blank(text, tags);
    if (tags.empty()) return;
    size_t next = part_.tags.size();
    for (templating::Tag& tag : tags) {
      if (tag.kind == TagKind::value || tag.kind == TagKind::partial) unit.has_values = true;
      if (tag.kind == TagKind::partial) report_partial(number, tag);
      part_.tags.push_back({std::move(tag), number, {}, no_index});
    }
    for (const Atom& atom : atoms)
      rewrite(atom, text, next);
  }

  void report_partial(size_t unit, const templating::Tag& tag) {
    const auto known = part_.missing_partials.find(tag.expression.name.text);
    part_.report(unit, "partial-missing",
                 known == part_.missing_partials.end()
                     ? fmt::format("Вставка «{}» здесь не заполняется.", tag.source)
                     : fmt::format("Вставка «{}» не поставлена: {}.", tag.source, known->second),
                 fmt::format("Положите файл «{}.docx» в папку шаблона или в «вставки» рядом с ним и поставьте тег "
                             "отдельным абзацем.",
                             tag.expression.name.text));
  }

  static bool is_blank(const std::string& text, const std::vector<templating::Tag>& tags) {
    size_t at = 0;
    const auto blank = [&](size_t end) { return trim(std::string_view(text).substr(at, end - at)).empty(); };
    for (const templating::Tag& tag : tags) {
      if (!blank(tag.begin)) return false;
      at = tag.end;
    }
    return blank(text.size());
  }

  // Gives an element what is left of its text: what is outside of tags, and marks for tags that begin in it.
  // `next` is the first tag that may concern this element and the ones behind it.
  void rewrite(const Atom& atom, const std::string& text, size_t& next) {
    if (atom.kind == Atom::Kind::object) return;
    std::string left;
    bool touched = false;
    size_t at = atom.begin;
    while (next < part_.tags.size() && part_.tags[next].tag.end <= atom.begin)
      ++next;
    for (size_t i = next; i < part_.tags.size(); ++i) {
      PlacedTag& placed = part_.tags[i];
      if (placed.tag.begin >= atom.end) break;
      touched = true;
      if (placed.tag.begin >= atom.begin) {
        left += text.substr(at, placed.tag.begin - at);
        const bool prints = placed.tag.kind != TagKind::comment && placed.tag.kind != TagKind::delimiters;
        if (prints) left += mark_text(i);
        placed.holder = atom.node;
      }
      at = std::min(placed.tag.end, atom.end);
    }
    if (!touched) return;
    left += text.substr(at, atom.end - at);
    if (atom.kind == Atom::Kind::text && !left.empty()) {
      Node node = atom.node;
      node.set_text(left);
      if (node.name() == "w:t") node.set_attribute("xml:space", "preserve");
      return;
    }
    Node run = atom.node.parent();
    if (run.name() != "w:r") {
      Node(atom.node).set_text("");
      return;
    }
    run.remove_child(atom.node);
    const std::vector<Node> rest = run.children();
    if (std::all_of(rest.begin(), rest.end(),
                    [](const Node& one) { return one.name() == "w:rPr" || !one.is_element(); }))
      run.parent().remove_child(run);
  }

  PartTags& part_;
  templating::Delimiters delimiters_;
  Mode mode_;
  std::vector<std::string> fields_;  // of the paragraph in work: field codes with tags
  std::vector<Node> drawings_;       // and its drawings, links and content controls
  std::vector<Node> links_;
  std::vector<Node> controls_;
};

}  // namespace

void PartTags::add(Diagnostic diagnostic) {
  if (diagnostics.size() < max_faults) diagnostics.push_back(std::move(diagnostic));
}

void PartTags::report(size_t unit, std::string code, std::string message, std::string hint) {
  add({Severity::error, std::move(code), {file, 0, 0, units[unit].place}, std::move(message), std::move(hint)});
}

std::string mark_text(size_t tag) { return mark_begin + std::to_string(tag) + mark_end; }

std::string fact_text(Fact fact, size_t number) {
  return fact_begin + std::string(1, static_cast<char>(fact)) + std::to_string(number) + fact_end;
}

namespace {

// What Word would put over the text we fill in: data bound from elsewhere, and the grey «click here» look.
void release_control(Node control) {
  Node properties = control.child("w:sdtPr");
  if (!properties || control.child("w:sdtContent").text().find('{') == std::string::npos) return;
  for (const char* name : {"w:dataBinding", "w15:dataBinding", "w:showingPlcHdr"})
    if (const Node one = properties.child(name)) properties.remove_child(one);
  if (Node date = properties.child("w:date")) date.remove_attribute("w:fullDate");
}

}  // namespace

void clean(Node root) {
  if (root.name() == "w:sdt") release_control(root);
  for (Node child = root.first_child(); child;) {
    const Node next = child.next();
    if (child.kind() == NodeKind::text || child.kind() == NodeKind::cdata) {
      std::string text(child.value());
      if (std::erase_if(text, is_control) > 0) child.set_value(text);
    } else if (is_one_of(child.name(), editor_marks)) {
      root.remove_child(child);
    } else if (child.is_element()) {
      clean(child);
    }
    child = next;
  }
  for (const auto& [name, value] : root.attributes()) {
    if (name.starts_with("w:rsid")) {
      root.remove_attribute(std::string(name));
    } else if (std::any_of(value.begin(), value.end(), is_control)) {
      std::string kept(value);
      std::erase_if(kept, is_control);
      root.set_attribute(name, kept);
    }
  }
}

void find_tags(Node root, PartTags& part) {
  Finder::Counters counters;
  Finder(part).container(root, {}, counters);
}

void find_places(Node root, PartTags& part) {
  Finder::Counters counters;
  Finder(part, Finder::Mode::places).container(root, {}, counters);
}

void find_plain_tags(Node root, PartTags& part) { Finder(part).plain(root); }

}  // namespace vekha::documents
