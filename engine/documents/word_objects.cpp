#include "documents/word_objects.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

#include "base/text.h"

namespace vekha::documents {
namespace {

using templating::TagKind;
using xml::Node;

int64_t number(std::string_view digits) {
  int64_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value);
  return value;
}

std::string of_hex(std::string_view digits) {
  uint32_t code = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
  std::string text;
  append_char(text, static_cast<char32_t>(code));
  return text;
}

bool has_tag(std::string_view text) { return text.find("{{") != std::string_view::npos; }

class Objects {
 public:
  Objects(PartTags& part, size_t unit) : part_(part), unit_(unit) {}

  void drawing(Node node) {
    if (node.name() == "w:drawing") return drawn(node);
    if (node.name() == "w:pict" || node.name() == "w:object") return old_picture(node);
    for (const Node& child : node.children())
      if (child.is_element() && child.name() != "w:txbxContent") drawing(child);
  }

  void link(Node node) {
    const auto address = part_.addresses.find(node.attribute("r:id"));
    if (address == part_.addresses.end()) return;
    std::vector<Piece> pieces;
    if (!pieces_of(address->second, pieces)) return;
    part_.links.push_back(std::move(pieces));
    node.set_attribute("r:id", fact_text(Fact::link, part_.links.size() - 1));
  }

  void control(Node node) {
    Node properties = node.child("w:sdtPr");
    Node box = properties.child("w14:checkbox");
    for (const char* name : {"w:tag", "w:alias"}) {
      Node named = properties.child(name);
      const std::string text(named.attribute("w:val"));
      if (!has_tag(text)) continue;
      const std::optional<size_t> extra = box ? single(text) : std::nullopt;
      if (!extra) {
        fill_attribute(named, "w:val");
        continue;
      }
      check(node, box, *extra);
      named.set_attribute("w:val", part_.extras[*extra].expression.name.text);
      box = {};
    }
  }

 private:
  void report(const templating::Fault& fault) {
    Diagnostic diagnostic = fault.diagnostic;
    diagnostic.where = {part_.file, 0, 0, part_.units[unit_].place};
    part_.add(std::move(diagnostic));
  }

  size_t add_extra(const templating::Tag& tag) {
    part_.extras.push_back({tag.expression, tag.source, part_.units[unit_].place, {}});
    return part_.extras.size() - 1;
  }

  std::optional<std::vector<templating::Tag>> scan(const std::string& text) {
    std::vector<templating::Fault> faults;
    templating::Delimiters delimiters;
    std::vector<templating::Tag> tags = templating::scan(text, delimiters, faults);
    for (const templating::Fault& fault : faults)
      report(fault);
    for (const templating::Tag& tag : tags) {
      if (tag.kind == TagKind::value) continue;
      part_.report(unit_, "tag-not-here",
                   fmt::format("Тег «{}» стоит в описании или адресе: там бывают только значения.", tag.source),
                   "Поставьте разделы в текст документа.");
      return std::nullopt;
    }
    if (!faults.empty()) return std::nullopt;
    return tags;
  }

  // The one tag that `text` consists of.
  std::optional<size_t> single(const std::string& text) {
    const std::string_view body = trim(text);
    std::vector<templating::Fault> faults;
    templating::Delimiters delimiters;
    const std::vector<templating::Tag> tags = templating::scan(body, delimiters, faults);
    if (!faults.empty() || tags.size() != 1 || tags[0].kind != TagKind::value) return std::nullopt;
    if (tags[0].begin != 0 || tags[0].end != body.size()) return std::nullopt;
    return add_extra(tags[0]);
  }

  bool pieces_of(const std::string& text, std::vector<Piece>& pieces) {
    const std::optional<std::vector<templating::Tag>> tags = scan(text);
    if (!tags) return false;
    size_t at = 0;
    for (const templating::Tag& tag : *tags) {
      pieces.push_back({text.substr(at, tag.begin - at), static_cast<uint32_t>(add_extra(tag))});
      at = tag.end;
    }
    pieces.push_back({text.substr(at), UINT32_MAX});
    return true;
  }

  void fill_attribute(Node node, const char* name) {
    const std::string text(node.attribute(name));
    std::vector<Piece> pieces;
    if (!has_tag(text) || !pieces_of(text, pieces)) return;
    std::string filled;
    for (const Piece& piece : pieces) {
      filled += piece.text;
      if (piece.tag != UINT32_MAX) filled += fact_text(Fact::extra, piece.tag);
    }
    node.set_attribute(name, filled);
  }

  void drawn(Node drawing) {
    const std::vector<Node> properties = drawing.descendants("wp:docPr");
    for (const Node& clicked : drawing.descendants("a:hlinkClick"))
      link(clicked);
    if (properties.empty()) return;
    Node about = properties.front();
    for (const char* name : {"descr", "title"}) {
      const std::string text(about.attribute(name));
      if (!has_tag(text)) continue;
      const std::vector<Node> blips = drawing.descendants("a:blip");
      const std::vector<Node> charts = drawing.descendants("c:chart");
      const auto chart = charts.empty() ? part_.charts.end() : part_.charts.find(charts.front().attribute("r:id"));
      const bool shows = !blips.empty() || chart != part_.charts.end();
      const std::optional<size_t> extra = shows ? single(text) : std::nullopt;
      if (!extra) continue;
      about.set_attribute(name, "");
      about.set_attribute("descr", shown(PictureFact::description));
      describe_copies(drawing);
      if (chart != part_.charts.end()) {
        order(drawing, "chart", {*extra, 0, 0, chart->second});
        Node(charts.front()).set_attribute("r:id", shown(PictureFact::relation));
      } else {
        picture(drawing, blips.front(), *extra);
      }
      return;
    }
    std::vector<Node> described = drawing.descendants("pic:cNvPr");
    described.push_back(about);
    for (const Node& one : described)
      for (const char* name : {"descr", "title", "name"})
        fill_attribute(one, name);
  }

  // LibreOffice writes the description a second time.
  static void describe_copies(Node drawing) {
    for (Node copy : drawing.descendants("pic:cNvPr")) {
      for (const char* name : {"descr", "title"})
        if (has_tag(copy.attribute(name))) copy.set_attribute(name, shown(PictureFact::description));
    }
  }

  void picture(Node drawing, Node blip, size_t extra) {
    PlacedFrame frame{extra, 0, 0, {}};
    const auto resize = [&](Node size) {
      if (frame.width == 0) frame.width = number(size.attribute("cx"));
      if (frame.height == 0) frame.height = number(size.attribute("cy"));
      size.set_attribute("cx", shown(PictureFact::width));
      size.set_attribute("cy", shown(PictureFact::height));
    };
    for (const Node& size : drawing.descendants("wp:extent"))
      resize(size);
    for (const Node& properties : drawing.descendants("pic:spPr"))
      if (const Node size = properties.child("a:xfrm").child("a:ext")) resize(size);
    order(drawing, "picture", frame);
    blip.remove_children();  // a vector picture beside it, effects
    blip.remove_attribute("r:link");
    blip.set_attribute("r:embed", shown(PictureFact::relation));
    for (const Node& cut : drawing.descendants("a:srcRect"))
      cut.parent().remove_child(cut);
  }

  // Pictures as Word 2007 and older keep them.
  void old_picture(Node node) {
    for (Node image : node.descendants("v:imagedata")) {
      Node shape = image.parent();
      const std::string text(shape.attribute("alt"));
      const std::optional<size_t> extra = has_tag(text) ? single(text) : std::nullopt;
      if (!extra) continue;
      shape.set_attribute("alt", shown(PictureFact::description));
      order(node, "picture", {*extra, 0, 0, {}});
      image.set_attribute("r:id", shown(PictureFact::relation));
      return;
    }
    for (const char* kind : {"v:shape", "v:rect", "v:group"})
      for (const Node& shape : node.descendants(kind))
        fill_attribute(shape, "alt");
  }

  static std::string shown(PictureFact fact) { return fact_text(Fact::shown, static_cast<size_t>(fact)); }

  void order(Node around, const char* kind, PlacedFrame frame) {
    part_.frames.push_back(std::move(frame));
    Node parent = around.parent();
    Node begin = parent.insert_element_before(order_element, around);
    begin.set_attribute(order_kind, kind);
    begin.set_attribute(mark_number, std::to_string(part_.frames.size() - 1));
    parent.insert_element_after(order_element, around).set_attribute(order_kind, "end");
  }

  size_t choose(size_t extra, std::string yes, std::string no) {
    part_.choices.push_back({extra, {std::move(yes), std::move(no)}});
    return part_.choices.size() - 1;
  }

  void check(Node control, Node box, size_t extra) {
    Node checked = box.child("w14:checked");
    if (!checked) checked = box.prepend_element("w14:checked");
    checked.set_attribute("w14:val", fact_text(Fact::choice, choose(extra, "1", "0")));
    const auto sign = [&](const char* name, const char* otherwise) {
      const std::string_view code = box.child(name).attribute("w14:val");
      return of_hex(code.empty() ? otherwise : code);
    };
    const std::vector<Node> texts = control.child("w:sdtContent").descendants("w:t");
    if (texts.empty()) return;
    const size_t signs = choose(extra, sign("w14:checkedState", "2612"), sign("w14:uncheckedState", "2610"));
    Node(texts.front()).set_text(fact_text(Fact::choice, signs));
  }

  PartTags& part_;
  size_t unit_;
};

}  // namespace

void fill_objects(PartTags& part, size_t unit, const std::vector<Node>& drawings, const std::vector<Node>& links,
                  const std::vector<Node>& controls) {
  Objects objects(part, unit);
  for (const Node& one : drawings)
    objects.drawing(one);
  for (const Node& one : links)
    objects.link(one);
  for (const Node& one : controls)
    objects.control(one);
}

}  // namespace vekha::documents
