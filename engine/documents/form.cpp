#include "documents/form.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/error.h"
#include "base/text.h"
#include "documents/field_schema.h"
#include "documents/xlsx_fill.h"
#include "documents/xlsx_follow.h"
#include "documents/xlsx_sheet.h"
#include "opc/relationships.h"
#include "xml/xml.h"

namespace vekha::documents {
namespace {

using xml::Node;

constexpr const char* calculation_chain = "xl/calcChain.xml";
constexpr size_t max_sheets = 1000;
constexpr size_t max_sheet_name = 31;

// The parts a sheet brings along when it is copied: each copy needs its own.
constexpr std::array<std::string_view, 4> own_parts = {"comments", "vmlDrawing", "drawing", "table"};

std::string main_part(const opc::Package& package) {
  for (const opc::Relationship& one : opc::relationships_of(package, {}))
    if (one.kind() == "officeDocument") return one.target;
  return {};
}

bool is_main(std::string_view type) {
  return type.find("spreadsheetml") != std::string_view::npos || type.find("ms-excel") != std::string_view::npos;
}

}  // namespace

struct FormParts {
  opc::Package package;
  std::string main;
  std::string main_type;
  std::vector<FormSheet> sheets;
  std::vector<SharedText> shared;
  std::string shared_part;
  std::string styles_part;
  std::string styles;
  CellFormats formats;
  std::vector<FormTag> title_tags;  // of the sheets' names
  std::vector<Diagnostic> diagnostics;
};

namespace {

class Compiler {
 public:
  Compiler(FormParts& parts, const std::string& file) : parts_(parts), file_(file) {}

  void run() {
    for (const opc::Relationship& one : opc::relationships_of(parts_.package, parts_.main)) {
      targets_[one.id] = one.target;
      if (one.kind() == "sharedStrings") parts_.shared_part = one.target;
      if (one.kind() == "styles") parts_.styles_part = one.target;
    }
    if (const opc::Part* part = parts_.package.find(parts_.shared_part)) {
      const xml::Document document = xml::Document::parse(parts_.package.content(*part), parts_.shared_part);
      for (const Node& one : document.root().children("si"))
        parts_.shared.push_back(read_text(one));
    } else {
      parts_.shared_part.clear();
    }
    if (const opc::Part* part = parts_.package.find(parts_.styles_part)) parts_.styles = parts_.package.content(*part);
    parts_.formats = CellFormats::read(parts_.styles);
    const xml::Document book =
        xml::Document::parse(parts_.package.content(*parts_.package.find(parts_.main)), file_ + ": " + parts_.main);
    for (const Node& one : book.root().child("sheets").children("sheet"))
      sheet(targets_[std::string(one.attribute("r:id"))], std::string(one.attribute("name")));
  }

 private:
  void sheet(const std::string& part, const std::string& name) {
    const opc::Part* known = parts_.package.find(part);
    if (!known || part.find("worksheets/") == std::string::npos) {  // a sheet that is a chart
      FormSheet other;
      other.part = part;
      other.name = name;
      parts_.sheets.push_back(std::move(other));
      return;
    }
    parts_.sheets.push_back(
        read_sheet(parts_.package.content(*known), part, name, file_, parts_.shared, parts_.diagnostics));
    FormSheet& made = parts_.sheets.back();
    if (name.find("{{") == std::string::npos) return;
    SharedText title;
    title.plain = name;
    title.text.runs.push_back({{}, {{name, SIZE_MAX, SIZE_MAX}}});
    made.title = tagged_text(title, fmt::format("имя листа «{}»", name), file_, parts_.title_tags, parts_.diagnostics);
  }

  FormParts& parts_;
  const std::string& file_;
  std::map<std::string, std::string> targets_;
};

// A sheet of the result.
struct Made {
  size_t sheet = 0;  // in the template
  FilledSheet filled;
  std::string part;
  bool copy = false;  // a further copy of its template
  bool changed = false;
};

class Writer {
 public:
  Writer(const FormParts& parts, const Value& data)
      : parts_(parts), filling_{parts.package.file(),
                                templating::Scope(data),
                                SharedStrings(parts.shared.size()),
                                parts.formats,
                                {},
                                0,
                                0} {}

  void fill() {
    for (size_t i = 0; i < parts_.sheets.size(); ++i)
      sheet(i);
    if (made_.empty() && !parts_.sheets.empty())
      throw Error(
          ErrorCode::refused,
          fmt::format("В таблице по шаблону «{}» не остаётся ни одного листа: список для листов пуст.", filling_.file),
          filling_.file);
  }

  std::vector<Diagnostic>& diagnostics() { return filling_.diagnostics; }

  std::string write(opc::Compression compression) {
    name_sheets();
    for (const Made& one : made_)
      if (!one.copy) maps_[parts_.sheets[one.sheet].name] = &one.filled.map;
    for (Made& one : made_)
      write_sheet(one);
    write_charts();
    if (changed_any()) {
      write_strings();
      write_styles();
      write_book();
    }
    return pack(compression);
  }

 private:
  void sheet(size_t index) {
    const FormSheet& sheet = parts_.sheets[index];
    if (sheet.sheet_section == SIZE_MAX) {
      add(index, false);
      return;
    }
    const FormTag& tag = sheet.tags[sheet.sheet_section];
    Value storage;
    const Value* value = filling_.evaluate(tag, storage);
    const bool wanted = tag.tag.kind == templating::TagKind::section;
    if (!value || templating::is_true(*value) != wanted) return;
    const List* list = wanted ? value->get_if<List>() : nullptr;
    const bool pushes = wanted && !value->is<bool>();
    const size_t count = list ? list->size() : 1;
    if (count > max_sheets)
      throw Error(ErrorCode::refused,
                  fmt::format("В таблице по шаблону «{}» получается больше {} листов. Разделите данные на несколько "
                              "таблиц.",
                              filling_.file, max_sheets),
                  filling_.file);
    for (size_t turn = 0; turn < count; ++turn) {
      if (list)
        filling_.scope.push((*list)[turn], turn + 1, count);
      else if (pushes)
        filling_.scope.push(*value);
      add(index, turn > 0);
      if (pushes) filling_.scope.pop();
    }
  }

  void add(size_t index, bool copy) {
    const FormSheet& sheet = parts_.sheets[index];
    Made made;
    made.sheet = index;
    made.copy = copy;
    made.part = sheet.part;
    made.changed = sheet.has_tags || copy;
    if (!sheet.frame.empty() && (sheet.has_tags || sheet.has_formulas || copy)) {
      made.filled = fill_sheet(sheet, filling_);
    } else {
      made.filled.sheet = &sheet;
    }
    made.filled.title = sheet.name;
    if (!sheet.title.runs.empty()) {
      made.filled.title.clear();
      for (const auto& [properties, text] : filling_.text_of(sheet.title, parts_.title_tags))
        made.filled.title += text;
      made.filled.title = xml::Document::parse("<a>" + made.filled.title + "</a>").root().text();
    }
    made_.push_back(std::move(made));
  }

  // Names that Excel allows, each once.
  void name_sheets() {
    std::set<std::string> taken;
    for (Made& one : made_) {
      std::string& title = one.filled.title;
      if (title != parts_.sheets[one.sheet].name || one.copy) {
        for (char& c : title)
          if (std::string_view("[]:*?/\\").find(c) != std::string_view::npos || static_cast<unsigned char>(c) < 0x20)
            c = ' ';
        title = fold_space(title);
        while (title.starts_with('\''))
          title.erase(0, 1);
        while (title.ends_with('\''))
          title.pop_back();
        if (title.empty()) title = "Лист";
      }
      const auto cut = [](const std::string& text, size_t size) {
        const std::u32string letters = to_u32(text);
        return letters.size() <= size ? text : std::string(trim(to_utf8(letters.substr(0, size))));
      };
      title = cut(title, max_sheet_name);
      for (int i = 2; !taken.insert(to_lower(title)).second; ++i) {
        const std::string suffix = fmt::format(" ({})", i);
        title = cut(title.substr(0, title.find(" (")), max_sheet_name - suffix.size()) + suffix;
      }
    }
  }

  bool changed_any() const {
    return std::any_of(made_.begin(), made_.end(), [](const Made& one) { return one.changed; }) ||
           made_.size() != parts_.sheets.size();
  }

  std::string content(const std::string& part) const {
    const opc::Part* known = parts_.package.find(part);
    return known ? parts_.package.content(*known) : std::string();
  }

  std::string free_part(const std::string& like) {
    const size_t dot = like.rfind('.');
    size_t stem = dot;
    while (stem > 0 && like[stem - 1] >= '0' && like[stem - 1] <= '9')
      --stem;
    for (size_t i = 1;; ++i) {
      std::string name = fmt::format("{}{}{}", like.substr(0, stem), i, like.substr(dot));
      if (!parts_.package.find(name) && added_.count(name) == 0) return name;
    }
  }

  void write_sheet(Made& made) {
    const FormSheet& sheet = parts_.sheets[made.sheet];
    if (sheet.frame.empty()) return;
    if (!made.changed) {
      // Without tags, but its formulas may speak of a sheet that has changed.
      const bool speaks = std::any_of(made.filled.holes.begin(), made.filled.holes.end(), [&](const FormulaHole& hole) {
        return mapped_formula(hole.cell->formula, sheet.name, maps_, hole.place) != hole.cell->formula;
      });
      if (!speaks) return;
      made.changed = true;
    }
    SheetMaps maps = maps_;
    maps[sheet.name] = &made.filled.map;
    std::string xml = written_sheet(made.filled, maps);
    std::vector<opc::Relationship> relations = opc::relationships_of(parts_.package, sheet.part);
    if (made.copy) {
      made.part = free_part(sheet.part);
      added_[made.part] = {};
      types_.emplace_back(made.part, types_of(sheet.part));
      // Of all sheets only one is the one in front.
      const size_t selected = xml.find(" tabSelected=\"1\"");
      if (selected != std::string::npos) xml.erase(selected, 16);
    }
    for (opc::Relationship& one : relations) {
      if (one.mode == opc::TargetMode::external || !parts_.package.find(one.target)) continue;
      if (std::find(own_parts.begin(), own_parts.end(), one.kind()) == own_parts.end()) continue;
      const std::string moved = moved_part(one, made.filled.map);
      if (!made.copy) {
        changed_[one.target] = moved;
        continue;
      }
      const std::string name = free_part(one.target);
      added_[name] = one.kind() == "table" ? renumbered_table(moved) : moved;
      if (one.kind() != "vmlDrawing") types_.emplace_back(name, types_of(one.target));
      copy_relations(one.target, name);
      one.target = name;
    }
    if (!made.copy) {
      changed_[sheet.part] = std::move(xml);
      return;
    }
    added_[made.part] = std::move(xml);
    if (!relations.empty()) added_[opc::relationships_name(made.part)] = written_relations(relations);
  }

  std::string moved_part(const opc::Relationship& one, const SheetMap& map) {
    const std::string before = content(one.target);
    if (map.is_same()) return before;
    if (one.kind() == "comments") return moved_comments(before, map);
    if (one.kind() == "vmlDrawing") return moved_notes_drawing(before, map);
    if (one.kind() == "table") return moved_table(before, map);
    return moved_drawing(before, map);
  }

  std::string types_of(const std::string& part) {
    if (!content_types_) content_types_ = opc::ContentTypes::of(parts_.package);
    return std::string(content_types_->type_of(part));
  }

  void copy_relations(const std::string& from, const std::string& to) {
    const std::vector<opc::Relationship> relations = opc::relationships_of(parts_.package, from);
    if (!relations.empty()) added_[opc::relationships_name(to)] = written_relations(relations);
  }

  static std::string written_relations(const std::vector<opc::Relationship>& relations) {
    std::string xml =
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<Relationships "
        "xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">";
    for (const opc::Relationship& one : relations) {
      const bool external = one.mode == opc::TargetMode::external;
      xml += fmt::format("<Relationship Id=\"{}\" Type=\"{}\" Target=\"{}{}\"{}/>", xml::escape_attribute(one.id),
                         xml::escape_attribute(one.type), external ? "" : "/", xml::escape_attribute(one.target),
                         external ? " TargetMode=\"External\"" : "");
    }
    return xml + "</Relationships>";
  }

  std::string renumbered_table(const std::string& part) {
    if (highest_table_ == 0) {
      for (const opc::Part& one : parts_.package.parts())
        if (one.name.starts_with("xl/tables/"))
          highest_table_ = std::max<int64_t>(
              highest_table_,
              std::strtol(std::string(xml::Document::parse(parts_.package.content(one)).root().attribute("id")).c_str(),
                          nullptr, 10));
    }
    ++highest_table_;
    xml::Document document = xml::Document::parse(part);
    Node root = document.root();
    root.set_attribute("id", std::to_string(highest_table_));
    for (const char* name : {"name", "displayName"})
      root.set_attribute(name, fmt::format("{}_{}", root.attribute(name), highest_table_));
    return document.to_string();
  }

  void write_charts() {
    const bool moved = std::any_of(maps_.begin(), maps_.end(), [](const auto& one) { return !one.second->is_same(); });
    if (!moved) return;
    for (const opc::Part& part : parts_.package.parts()) {
      if (!part.name.starts_with("xl/charts/chart")) continue;
      const std::string before = parts_.package.content(part);
      std::string after = moved_chart(before, maps_);
      if (after != before) changed_[part.name] = std::move(after);
    }
  }

  void write_strings() {
    const bool tagged =
        std::any_of(parts_.shared.begin(), parts_.shared.end(), [](const SharedText& one) { return one.has_tags; });
    if (filling_.strings.added().empty() && !tagged) return;
    // Texts with tags are no longer used by any cell; their places stay, for the others are counted by them.
    std::string all;
    for (const SharedText& one : parts_.shared)
      all += one.has_tags ? "<si><t/></si>" : one.xml;
    for (const std::string& one : filling_.strings.added())
      all += "<si>" + one + "</si>";
    const std::string xml = fmt::format(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<sst "
        "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" uniqueCount=\"{}\">{}</sst>",
        parts_.shared.size() + filling_.strings.added().size(), all);
    if (!parts_.shared_part.empty()) {
      changed_[parts_.shared_part] = xml;
      return;
    }
    const std::string name = "xl/sharedStrings.xml";
    added_[name] = xml;
    types_.emplace_back(name, "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml");
    book_relations_.push_back({"sharedStrings", name});
  }

  void write_styles() {
    std::string styles = filling_.formats.written(parts_.styles);
    if (!styles.empty()) changed_[parts_.styles_part] = std::move(styles);
  }

  void write_book() {
    xml::Document document = xml::Document::parse(content(parts_.main));
    Node root = document.root();
    Node sheets = root.child("sheets");
    const std::vector<Node> old = sheets.children("sheet");
    int64_t highest_id = 0;
    for (const Node& one : old)
      highest_id =
          std::max<int64_t>(highest_id, std::strtol(std::string(one.attribute("sheetId")).c_str(), nullptr, 10));
    for (size_t i = 0; i < made_.size(); ++i) {
      Node copy = sheets.append_copy(old[made_[i].sheet]);
      copy.set_attribute("name", made_[i].filled.title);
      if (!made_[i].copy) continue;
      copy.set_attribute("sheetId", std::to_string(++highest_id));
      copy.set_attribute("r:id", fmt::format("rVk{}", i + 1));
      sheet_relations_.emplace_back(fmt::format("rVk{}", i + 1), made_[i].part);
    }
    for (const Node& one : old)
      sheets.remove_child(one);
    write_names(root);
    Node calculation = root.child("calcPr");
    if (!calculation) {
      Node after = sheets;
      for (const char* name : {"functionGroups", "externalReferences", "definedNames"})
        if (Node one = root.child(name)) after = one;
      if (Node names = root.child("definedNames")) after = names;
      calculation = root.insert_element_after("calcPr", after);
    }
    calculation.set_attribute("fullCalcOnLoad", "1");
    if (made_.size() < old.size())
      for (Node view : root.descendants("workbookView"))
        for (const char* name : {"activeTab", "firstSheet"})
          view.remove_attribute(name);
    changed_[parts_.main] = document.to_string();
    write_book_relations();
    write_content_types();
  }

  static std::string quoted(const std::string& name) { return "'" + replace_all(name, "'", "''") + "'!"; }

  // Names of a sheet alone stand for each of its copies; the others see its first one.
  void write_names(Node root) {
    Node names = root.child("definedNames");
    if (!names) return;
    const std::vector<Node> old = names.children("definedName");
    for (const Node& one : old) {
      const std::string formula = one.text();
      if (!one.has_attribute("localSheetId")) {
        Node copy = names.append_copy(one);
        copy.set_text(mapped_formula(formula, {}, maps_, {}));
        continue;
      }
      const auto sheet =
          static_cast<size_t>(std::strtol(std::string(one.attribute("localSheetId")).c_str(), nullptr, 10));
      for (size_t i = 0; i < made_.size(); ++i) {
        if (made_[i].sheet != sheet) continue;
        const std::string& before = parts_.sheets[sheet].name;
        SheetMaps maps = maps_;
        maps[before] = &made_[i].filled.map;
        std::string text = mapped_formula(formula, before, maps, {});
        if (made_[i].filled.title != before) {
          text = replace_all(text, quoted(before), quoted(made_[i].filled.title));
          text = replace_all(text, before + "!", quoted(made_[i].filled.title));
        }
        Node copy = names.append_copy(one);
        copy.set_attribute("localSheetId", std::to_string(i));
        copy.set_text(text);
      }
    }
    for (const Node& one : old)
      names.remove_child(one);
    if (!names.first_child()) root.remove_child(names);
  }

  void write_book_relations() {
    const std::string name = opc::relationships_name(parts_.main);
    xml::Document document = xml::Document::parse(content(name));
    Node root = document.root();
    for (const Node& one : root.children()) {
      const std::string_view type = one.attribute("Type");
      if (type.ends_with("/calcChain")) root.remove_child(one);
    }
    const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";
    const auto relate = [&](const std::string& id, const std::string& kind, const std::string& part) {
      Node made = root.append_element("Relationship");
      made.set_attribute("Id", id);
      made.set_attribute("Type", office + kind);
      made.set_attribute("Target", "/" + part);
    };
    for (const auto& [id, part] : sheet_relations_)
      relate(id, "worksheet", part);
    for (size_t i = 0; i < book_relations_.size(); ++i)
      relate(fmt::format("rVkb{}", i + 1), book_relations_[i].first, book_relations_[i].second);
    changed_[name] = document.to_string();
  }

  void write_content_types() {
    xml::Document document = xml::Document::parse(content("[Content_Types].xml"));
    Node root = document.root();
    for (Node one : root.children("Override")) {
      if (one.attribute("PartName").ends_with("/calcChain.xml")) root.remove_child(one);
      if (one.attribute("ContentType").find("template.main+xml") != std::string_view::npos)
        one.set_attribute("ContentType", replace_all(std::string(one.attribute("ContentType")), "template.main+xml",
                                                     "sheet.main+xml"));
    }
    for (const auto& [part, type] : types_) {
      Node made = root.append_element("Override");
      made.set_attribute("PartName", "/" + part);
      made.set_attribute("ContentType", type);
    }
    changed_["[Content_Types].xml"] = document.to_string();
  }

  std::string pack(opc::Compression compression) {
    opc::PackageWriter writer(compression);
    const bool changed = changed_any();
    for (const opc::Part& part : parts_.package.parts()) {
      if (changed && part.name == calculation_chain) continue;
      const auto found = changed_.find(part.name);
      if (found == changed_.end() || found->second == content(part.name))
        writer.copy(parts_.package, part);
      else
        writer.add(part.name, found->second);
    }
    for (const auto& [name, text] : added_)
      writer.add(name, text);
    return writer.finish();
  }

  const FormParts& parts_;
  FormFilling filling_;
  std::vector<Made> made_;
  SheetMaps maps_;
  std::map<std::string, std::string> changed_;
  std::map<std::string, std::string> added_;
  std::vector<std::pair<std::string, std::string>> types_;
  std::vector<std::pair<std::string, std::string>> sheet_relations_;
  std::vector<std::pair<std::string, std::string>> book_relations_;
  std::optional<opc::ContentTypes> content_types_;
  int64_t highest_table_ = 0;
};

}  // namespace

bool is_workbook(const std::string& bytes, const std::string& file_name) {
  const opc::Package package = opc::Package::read(bytes, file_name);
  return is_main(opc::ContentTypes::of(package).type_of(main_part(package)));
}

Form Form::compile(std::string bytes, const std::string& file_name) {
  auto parts = std::make_shared<FormParts>();
  parts->package = opc::Package::read(std::move(bytes), file_name);
  parts->main = main_part(parts->package);
  parts->main_type = opc::ContentTypes::of(parts->package).type_of(parts->main);
  if (!parts->package.find(parts->main) || !is_main(parts->main_type) ||
      parts->main_type.find("binary") != std::string::npos)
    throw Error(ErrorCode::unreadable,
                fmt::format("Файл «{}» – не таблица Excel. Форма должна быть файлом .xlsx или .xltx.", file_name),
                file_name);
  if (parts->main_type.find("macroEnabled") != std::string::npos)
    throw Error(ErrorCode::refused,
                fmt::format("Файл «{}» – таблица с макросами, такие формы не заполняются. Сохраните её в Excel как "
                            "обычную таблицу .xlsx.",
                            file_name),
                file_name);
  Compiler(*parts, file_name).run();
  Form form;
  form.parts_ = std::move(parts);
  return form;
}

const std::vector<Diagnostic>& Form::diagnostics() const { return parts_->diagnostics; }
const std::string& Form::file_name() const { return parts_->package.file(); }

Filled fill(const Form& from, const Value& data, opc::Compression compression) {
  Filled filled;
  filled.diagnostics = from.diagnostics();
  if (has_errors(filled.diagnostics)) return filled;
  Writer writer(from.parts(), data);
  writer.fill();
  std::move(writer.diagnostics().begin(), writer.diagnostics().end(), std::back_inserter(filled.diagnostics));
  if (!has_errors(filled.diagnostics)) filled.bytes = writer.write(compression);
  return filled;
}

std::vector<Diagnostic> check_data(const Form& from, const Value& data) {
  std::vector<Diagnostic> all = from.diagnostics();
  const bool sections =
      std::any_of(all.begin(), all.end(), [](const Diagnostic& one) { return one.code.starts_with("section-"); });
  if (sections) return all;
  Writer writer(from.parts(), data);
  writer.fill();
  std::move(writer.diagnostics().begin(), writer.diagnostics().end(), std::back_inserter(all));
  return all;
}

Value fields(const Form& from) {
  std::vector<Program> programs;
  const auto add = [&](const std::vector<FormTag>& tags) {
    Program& program = programs.emplace_back();
    for (size_t i = 0; i < tags.size(); ++i) {
      program.tags.push_back({tags[i].tag.expression, tags[i].tag.source, tags[i].place, {}});
      const auto tag = static_cast<uint32_t>(i);
      switch (tags[i].tag.kind) {
        case templating::TagKind::value: program.code.push_back({Code::plain_value, tag, 0}); break;
        case templating::TagKind::section:
        case templating::TagKind::inverted:
          if (tags[i].partner != SIZE_MAX)
            program.code.push_back(
                {tags[i].tag.kind == templating::TagKind::section ? Code::open : Code::inverted, tag, 0});
          break;
        case templating::TagKind::close:
          if (tags[i].partner != SIZE_MAX) program.code.push_back({Code::close, 0, 0});
          break;
        default: break;
      }
    }
  };
  for (const FormSheet& sheet : from.parts().sheets) {
    add(sheet.tags);
    add(sheet.page_tags);
  }
  add(from.parts().title_tags);
  std::vector<const Program*> all;
  for (const Program& one : programs)
    all.push_back(&one);
  return field_schema(all);
}

}  // namespace vekha::documents
