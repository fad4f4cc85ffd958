// The tag language of all templates: Mustache with formatters, on plain text. What a section repeats in an Office file
// is the matter of `documents`. Reference for users: templates/README.md.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/decimal.h"
#include "base/diagnostic.h"

namespace vekha::templating {

struct Formatter;

// What a tag asks for: a path of names, `.`, or what a turn of a list knows of itself.
struct Name {
  enum class Kind { path, current, index, first, last };
  Kind kind = Kind::path;
  std::string text;                // as written, white space dropped
  std::vector<std::string> parts;  // of a path

  bool operator==(const Name& other) const { return kind == other.kind && text == other.text; }
};

// In the brackets of a formatter: a text in any quotes, a number, or a name to be looked up.
using Argument = std::variant<std::string, Decimal, Name>;

struct Call {
  const Formatter* formatter = nullptr;  // nullptr where there is none of that name: a fault told by `parse_tag`
  std::string name;
  std::vector<Argument> arguments;
};

// A name and what is done to its value, left to right.
struct Expression {
  Name name;
  std::vector<Call> calls;
};

struct Delimiters {
  std::string open = "{{";
  std::string close = "}}";
  bool operator==(const Delimiters&) const = default;
};

enum class TagKind { value, section, inverted, close, comment, partial, delimiters };

struct Tag {
  TagKind kind = TagKind::value;
  std::string source;     // as written, delimiters included
  Expression expression;  // of a value or section; only its name for a close tag or partial
  std::string word;       // behind a section's name: «столбец»; several with one blank between
  bool raw = false;       // {{{x}}} or {{&x}}: in HTML not escaped, elsewhere the same as {{x}}
  Delimiters delimiters;  // of a delimiters tag
  size_t begin = 0;       // bytes in the text that was scanned
  size_t end = 0;
};

// A fault and the byte at which it stands; the place in the file is for the caller to add.
struct Fault {
  Diagnostic diagnostic;
  size_t at = 0;
};

// Parses what stands between the delimiters. Faults are appended (`at` is 0); the tag is usable if none was.
Tag parse_tag(std::string_view inside, std::string_view source, std::vector<Fault>& faults);

// Finds all tags of a text, from left to right. `delimiters` are those in force and change with a delimiters tag.
// Faults: tags that do not end, and those of `parse_tag`; a faulty tag is left out of the answer but stays in `faults`.
// Limit: a tag of more than 2,000 bytes is a fault, unless it is a comment.
std::vector<Tag> scan(std::string_view text, Delimiters& delimiters, std::vector<Fault>& faults);

}  // namespace vekha::templating
