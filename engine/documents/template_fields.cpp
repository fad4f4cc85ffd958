#include <algorithm>
#include <memory>
#include <set>

#include "documents/field_schema.h"
#include "documents/template.h"
#include "documents/template_parts.h"
#include "templating/formatters.h"

namespace vekha::documents {
namespace {

using templating::Kinds;
using templating::Name;

// What the template does with a field.
struct Field {
  std::vector<std::pair<std::string, std::unique_ptr<Field>>> members;
  std::unique_ptr<Field> element;  // of a list: what a section over this field uses
  Kinds kinds = 0;                 // what its formatters take
  bool printed = false;
  bool section = false;

  Field& member(const std::string& name) {
    for (auto& [known, field] : members)
      if (known == name) return *field;
    return *members.emplace_back(name, std::make_unique<Field>()).second;
  }
  Field* find(const std::string& name) const {
    for (const auto& [known, field] : members)
      if (known == name) return field.get();
    return nullptr;
  }
};

class Collector {
 public:
  // Two walks: the first learns which names are used outside of sections, so that the second knows what such a name
  // within a section means.
  explicit Collector(const std::vector<const Program*>& programs) {
    for (const Program* program : programs)
      walk(*program, &Collector::note_outer);
    for (const Program* program : programs)
      walk(*program, &Collector::note);
  }

  Value schema() const {
    const Map map = object(root_);
    Map result{{"$schema", "https://json-schema.org/draft/2020-12/schema"}};
    for (const auto& [key, value] : map)
      result.set(key, value);
    return result;
  }

 private:
  using Visit = void (Collector::*)(const templating::Expression&, bool section);

  void walk(const Program& program, Visit visit) {
    stack_.assign(1, &root_);
    for (const Instruction& instruction : program.code) {
      switch (instruction.code) {
        case Code::run_value:
        case Code::plain_value:
        case Code::attribute: (this->*visit)(program.tags[instruction.a].expression, false); break;
        case Code::open:
        case Code::inverted: {
          const templating::Expression& expression = program.tags[instruction.a].expression;
          (this->*visit)(expression, true);
          Field* field = visit == &Collector::note ? resolve(expression.name) : nullptr;
          if (field && instruction.code == Code::open) {
            if (!field->element) field->element = std::make_unique<Field>();
            stack_.push_back(field->element.get());
          } else {
            stack_.push_back(stack_.back());
          }
          ++depth_;
          break;
        }
        case Code::choose: (this->*visit)(program.tags[instruction.a].expression, true); break;
        case Code::picture: (this->*visit)(program.tags[program.pictures[instruction.a].tag].expression, false); break;
        case Code::chart: (this->*visit)(program.tags[program.charts[instruction.a].tag].expression, false); break;
        case Code::link:
          for (const Piece& piece : program.links[instruction.a])
            if (piece.tag != UINT32_MAX) (this->*visit)(program.tags[piece.tag].expression, false);
          break;
        case Code::close:
          stack_.pop_back();
          --depth_;
          break;
        default: break;
      }
    }
  }

  void note_outer(const templating::Expression& expression, bool) {
    if (depth_ == 0 && expression.name.kind == Name::Kind::path) outer_.insert(expression.name.parts.front());
    for (const templating::Call& call : expression.calls)
      for (const templating::Argument& argument : call.arguments)
        if (const Name* name = std::get_if<Name>(&argument); name && name->kind == Name::Kind::path && depth_ == 0)
          outer_.insert(name->parts.front());
  }

  // The field a name means here: of the innermost context that has used its first part, of the data itself if the name
  // is used outside of sections, else of the innermost context.
  Field* resolve(const Name& name) {
    if (name.kind == Name::Kind::current) return stack_.back();
    if (name.kind != Name::Kind::path) return nullptr;
    Field* field = nullptr;
    for (auto context = stack_.rbegin(); context != stack_.rend() && !field; ++context)
      if ((*context)->find(name.parts.front())) field = *context;
    if (!field) field = outer_.count(name.parts.front()) ? &root_ : stack_.back();
    for (const std::string& part : name.parts)
      field = &field->member(part);
    return field;
  }

  void note(const templating::Expression& expression, bool section) {
    if (Field* field = resolve(expression.name)) {
      if (section)
        field->section = true;
      else
        field->printed = true;
      if (!expression.calls.empty()) {
        const auto first =
            std::find_if(expression.calls.begin(), expression.calls.end(),
                         [](const templating::Call& call) { return call.formatter->takes != templating::any_kind; });
        if (first != expression.calls.end()) field->kinds |= first->formatter->takes;
      }
    }
    for (const templating::Call& call : expression.calls)
      for (size_t i = 0; i < call.arguments.size(); ++i)
        if (const Name* name = std::get_if<Name>(&call.arguments[i]))
          if (Field* field = resolve(*name)) field->printed = true;
  }

  static Map object(const Field& field) {
    Map properties;
    List required;
    for (const auto& [name, member] : field.members) {
      properties.set(name, described(*member));
      required.emplace_back(name);
    }
    return {{"type", "object"}, {"properties", properties}, {"required", required}};
  }

  static Value person() {
    return Map{{"type", "object"},
               {"properties",
                Map{{"name", Map{{"type", "string"}}}, {"gender", Map{{"enum", List{"male", "female", nullptr}}}}}},
               {"required", List{"name"}}};
  }

  static Value described(const Field& field) {
    List choices;
    const auto type = [](const char* name) { return Value(Map{{"type", name}}); };
    Map members;
    if (!field.members.empty()) members = object(field);
    if (field.section) {
      if (field.element && (!field.element->members.empty() || field.element->printed)) {
        Map list{{"type", "array"}};
        list.set("items", described(*field.element));
        choices.emplace_back(std::move(list));
        if (members.empty() && !field.element->members.empty()) members = object(*field.element);
      } else {
        choices.push_back(type("array"));
      }
      choices.push_back(type("boolean"));
    }
    if (!members.empty()) choices.emplace_back(members);
    if ((field.kinds & templating::person_kind) && members.empty()) choices.push_back(person());
    if (field.kinds & templating::date_kind)
      choices.emplace_back(Map{{"type", "string"}, {"format", "date"}});
    else if ((field.kinds & templating::text_kind) || (field.printed && !field.kinds) ||
             (field.section && !field.element))
      choices.push_back(type("string"));
    if ((field.kinds & templating::number_kind) || (field.printed && !field.kinds)) choices.push_back(type("number"));
    choices.push_back(type("null"));
    return Map{{"anyOf", choices}};
  }

  Field root_;
  std::set<std::string> outer_;
  std::vector<Field*> stack_;
  int depth_ = 0;
};

}  // namespace

Value field_schema(const std::vector<const Program*>& programs) { return Collector(programs).schema(); }

Value fields(const Template& from) {
  std::vector<const Program*> programs;
  for (const CompiledPart& part : from.parts().compiled)
    programs.push_back(&part.program);
  return field_schema(programs);
}

}  // namespace vekha::documents
