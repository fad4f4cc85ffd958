// From an expression's text to what is evaluated.
#include "base/text.h"
#include "feel/feel.h"
#include "feel/lexer.h"
#include "feel/parser.h"

namespace vekha::feel {
namespace {

constexpr size_t max_text = 64 * 1024;

}  // namespace

struct Compiler {
  static Compiled run(std::string_view text, const std::vector<std::string>& known_names, What what) {
    if (text.size() > max_text) return {std::nullopt, Fault{"Выражение длиннее 64 килобайт.", 1, 1}};
    if (const size_t bad = find_invalid_utf8(text); bad != std::string_view::npos) {
      const TextPosition position = position_at(text, bad);
      return {std::nullopt, Fault{"Выражение записано не в UTF-8.", position.line, position.column}};
    }
    // What is not part of the expression becomes blanks, so that places stay those of the whole text.
    std::string body(text);
    const std::string_view inner = trim(text);
    const size_t first = static_cast<size_t>(inner.data() - text.data());
    Dialect dialect = Dialect::feel;
    if ((inner.starts_with("${") || inner.starts_with("#{")) && inner.ends_with("}")) {
      dialect = Dialect::older;
      body[first] = body[first + 1] = body[first + inner.size() - 1] = ' ';
    } else if (inner.starts_with("=") && !inner.starts_with("==")) {
      body[first] = ' ';
    }
    Tokens tokens = tokenize(body, dialect, known_names);
    if (tokens.fault) return {std::nullopt, tokens.fault};
    Parsed parsed = parse(body, std::move(tokens.tokens), dialect, what);
    if (parsed.fault) return {std::nullopt, parsed.fault};
    Expression expression;
    expression.root_ = std::move(parsed.root);
    expression.text_ = std::string(text);
    expression.names_ = std::move(parsed.names);
    return {std::move(expression), std::nullopt};
  }
};

Compiled compile(std::string_view text, const std::vector<std::string>& known_names) {
  return Compiler::run(text, known_names, What::expression);
}

Compiled compile_tests(std::string_view text, const std::vector<std::string>& known_names) {
  return Compiler::run(text, known_names, What::tests);
}

bool is_any_test(std::string_view text) { return trim(text).empty() || trim(text) == "-"; }

std::vector<std::string> Expression::context_keys() const {
  if (!root_ || root_->kind != Kind::context) return {};
  return root_->names;
}

}  // namespace vekha::feel
