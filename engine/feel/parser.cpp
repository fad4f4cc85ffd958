// From tokens to the syntax tree, by recursive descent; each function is a level of precedence.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "feel/builtins.h"
#include "feel/cursor.h"
#include "feel/parser.h"

namespace vekha::feel {
namespace {

class Parser : private Cursor {
 public:
  Parser(std::string_view text, std::vector<Token> tokens, Dialect dialect)
      : Cursor(text, std::move(tokens), dialect) {}

  NodePtr run() {
    if (current().kind == TokenKind::end) throw fault_at(0, "Выражение пустое.");
    NodePtr node = expression();
    if (current().kind != TokenKind::end) throw unexpected("конец выражения");
    return node;
  }

  // The tests of a cell, as those behind «in» of the value «?».
  NodePtr run_tests() {
    if (current().kind == TokenKind::end) throw fault_at(0, "Проверка пустая.");
    const bool negated = is_keyword("not") && following().text == "(";
    const size_t offset = current().offset;
    if (negated) at_ += 2;
    NodePtr node = make(Kind::in, offset);
    own(*node, make(Kind::name, offset, "?"));
    do {
      const bool compares = current().kind == TokenKind::symbol && comparison_of(current().text);
      own(*node, compares ? test() : expression());
    } while (take_symbol(","));
    if (negated) need_symbol(")");
    if (current().kind != TokenKind::end) throw unexpected("конец проверки");
    if (!negated) return node;
    NodePtr negation = call("not", offset);
    own(*negation, std::move(node));
    return negation;
  }

  std::vector<std::string> names;

 private:
  NodePtr expression() {
    const Deeper deeper(*this);
    const size_t offset = current().offset;
    if (take_keyword("if")) {
      NodePtr node = make(Kind::if_then_else, offset);
      own(*node, expression());
      need_keyword("then");
      own(*node, expression());
      need_keyword("else");
      own(*node, expression());
      return node;
    }
    if (take_keyword("for")) return iteration(Kind::for_each, offset, "return");
    if (take_keyword("some")) return iteration(Kind::some, offset, "satisfies");
    if (take_keyword("every")) return iteration(Kind::every, offset, "satisfies");
    return disjunction();
  }

  NodePtr iteration(Kind kind, size_t offset, std::string_view word) {
    NodePtr node = make(kind, offset);
    const size_t known = bound_.size();
    do {
      node->names.push_back(need_name());
      need_keyword("in");
      const size_t from = current().offset;
      NodePtr source = expression();
      if (take_symbol("..")) source = make(Kind::range, from, std::move(source), expression());
      own(*node, std::move(source));
      bound_.push_back(node->names.back());
    } while (take_symbol(","));
    need_keyword(word);
    if (kind == Kind::for_each) bound_.push_back("partial");
    const int partials = partials_;
    own(*node, expression());
    if (partials_ != partials) node->text = "partial";
    bound_.resize(known);
    return node;
  }

  NodePtr disjunction() {
    NodePtr left = conjunction();
    while (is_keyword("or") || is_symbol("||")) {
      const size_t offset = tokens_[at_++].offset;
      left = make(Kind::disjunction, offset, std::move(left), conjunction());
    }
    return left;
  }

  NodePtr conjunction() {
    NodePtr left = comparison();
    while (is_keyword("and") || is_symbol("&&")) {
      const size_t offset = tokens_[at_++].offset;
      left = make(Kind::conjunction, offset, std::move(left), comparison());
    }
    return left;
  }

  static std::optional<Kind> comparison_of(const std::string& symbol) {
    if (symbol == "=" || symbol == "==") return Kind::equal;
    if (symbol == "!=") return Kind::not_equal;
    if (symbol == "<") return Kind::less;
    if (symbol == "<=") return Kind::less_equal;
    if (symbol == ">") return Kind::greater;
    if (symbol == ">=") return Kind::greater_equal;
    return std::nullopt;
  }

  NodePtr comparison() {
    NodePtr left = additive();
    for (;;) {
      const size_t offset = current().offset;
      if (current().kind == TokenKind::symbol && comparison_of(current().text)) {
        const Kind kind = *comparison_of(tokens_[at_++].text);
        left = make(kind, offset, std::move(left), additive());
      } else if (take_keyword("between")) {
        NodePtr node = make(Kind::between, offset);
        own(*node, std::move(left));
        own(*node, additive());
        need_keyword("and");
        own(*node, additive());
        left = std::move(node);
      } else if (take_keyword("in")) {
        left = membership(std::move(left), offset);
      } else if (take_keyword("instance")) {
        need_keyword("of");
        NodePtr node = make(Kind::instance_of, offset);
        node->text = type();
        own(*node, std::move(left));
        left = std::move(node);
      } else {
        return left;
      }
    }
  }

  // «list<number>», «context<a: number>», «function<number> -> string».
  std::string type() {
    const Deeper deeper(*this);
    std::string text = is_keyword("function") ? tokens_[at_++].text : need_name();
    if (take_symbol("<")) {
      text += '<';
      while (!is_symbol(">")) {
        if (following().kind == TokenKind::symbol && following().text == ":") {
          text += need_name() + ": ";
          need_symbol(":");
        }
        text += type();
        if (!take_symbol(",")) break;
        text += ", ";
      }
      need_symbol(">");
      text += '>';
    }
    if (take_symbol("->")) text += "->" + type();
    return text;
  }

  NodePtr membership(NodePtr value, size_t offset) {
    NodePtr node = make(Kind::in, offset);
    own(*node, std::move(value));
    if (is_symbol("(")) {
      // «(1..5)» is a range, «(1, 2)» a list of tests: what stands behind the first expression tells.
      const size_t open = at_++;
      if (!(current().kind == TokenKind::symbol && comparison_of(current().text))) {
        NodePtr first = expression();
        if (is_symbol("..")) {
          at_ = open;
          own(*node, additive());
          return node;
        }
        own(*node, std::move(first));
      } else {
        own(*node, test());
      }
      while (take_symbol(","))
        own(*node, test());
      need_symbol(")");
      return node;
    }
    own(*node, test());
    return node;
  }

  NodePtr test() {
    const size_t offset = current().offset;
    if (current().kind == TokenKind::symbol && comparison_of(current().text)) {
      NodePtr node = make(Kind::test, offset, tokens_[at_++].text);
      own(*node, additive());
      return node;
    }
    return additive();
  }

  NodePtr additive() {
    NodePtr left = multiplicative();
    while (is_symbol("+") || is_symbol("-")) {
      const Token& token = tokens_[at_++];
      left = make(token.text == "+" ? Kind::add : Kind::subtract, token.offset, std::move(left), multiplicative());
    }
    return left;
  }

  NodePtr multiplicative() {
    NodePtr left = power();
    while (is_symbol("*") || is_symbol("/")) {
      const Token& token = tokens_[at_++];
      left = make(token.text == "*" ? Kind::multiply : Kind::divide, token.offset, std::move(left), power());
    }
    return left;
  }

  NodePtr power() {
    NodePtr left = unary();
    while (is_symbol("**")) {
      const size_t offset = tokens_[at_++].offset;
      left = make(Kind::power, offset, std::move(left), unary());
    }
    return left;
  }

  NodePtr unary() {
    const size_t offset = current().offset;
    if (take_symbol("-")) {
      const Deeper deeper(*this);
      NodePtr node = make(Kind::unary_minus, offset);
      own(*node, unary());
      return node;
    }
    // `!a` and, with or without brackets, `not a`.
    if (take_symbol("!") || (dialect_ == Dialect::older && is_keyword("not") && following().text != "(" && ++at_)) {
      const Deeper deeper(*this);
      NodePtr node = call("not", offset);
      own(*node, unary());
      return node;
    }
    return postfix();
  }

  NodePtr call(std::string name, size_t offset) {
    NodePtr node = make(Kind::call, offset, std::move(name));
    node->builtin = find_builtin(node->text);
    return node;
  }

  NodePtr postfix() {
    NodePtr node = primary();
    for (;;) {
      const size_t offset = current().offset;
      if (take_symbol(".")) {
        NodePtr path = make(Kind::path, offset);
        path->text = current().kind == TokenKind::keyword ? tokens_[at_++].text : need_name();
        own(*path, std::move(node));
        node = std::move(path);
      } else if (is_symbol("[") && !open_range_end_) {
        ++at_;
        ++inside_filter_;
        NodePtr condition = expression();
        --inside_filter_;
        need_symbol("]");
        node = make(Kind::filter, offset, std::move(node), std::move(condition));
      } else if (is_symbol("(") && (node->kind == Kind::path || node->kind == Kind::filter ||
                                    node->kind == Kind::invoke || node->kind == Kind::function)) {
        NodePtr call = make(Kind::invoke, offset);
        own(*call, std::move(node));
        ++at_;
        read_arguments(*call);
        node = std::move(call);
      } else {
        return node;
      }
    }
  }

  NodePtr primary() {
    const Deeper deeper(*this);
    const Token& token = current();
    const size_t offset = token.offset;
    switch (token.kind) {
      case TokenKind::number: {
        NodePtr node = make(Kind::literal, offset);
        node->value = token.number;
        ++at_;
        return node;
      }
      case TokenKind::text: {
        NodePtr node = make(Kind::literal, offset);
        node->value = token.text;
        ++at_;
        return node;
      }
      case TokenKind::at_text: return at_literal();
      case TokenKind::name: return name_or_call();
      case TokenKind::keyword: return keyword_literal();
      case TokenKind::symbol:
        if (token.text == "(") return bracketed();
        if (token.text == "[") return list_or_range();
        if (token.text == "]") {
          ++at_;
          NodePtr low = expression();
          return range_from(std::move(low), offset, false);
        }
        if (token.text == "{") return context();
        break;
      case TokenKind::end: break;
    }
    throw unexpected("значение");
  }

  NodePtr at_literal() {
    const Token& token = tokens_[at_++];
    NodePtr node = make(Kind::literal, token.offset);
    node->value = parse_temporal(token.text);
    if (node->value.is_null())
      throw fault_at(token.offset, fmt::format("«{}» – не дата, не время и не длительность.", token.text));
    return node;
  }

  NodePtr keyword_literal() {
    const Token& token = current();
    NodePtr node = make(Kind::literal, token.offset);
    if (token.text == "true")
      node->value = true;
    else if (token.text == "false")
      node->value = false;
    else if (token.text == "not" && following().text == "(")
      return arguments("not");
    else if (token.text == "function")
      return function();
    else if ((token.text == "and" || token.text == "or") && following().text == "(")
      return arguments(token.text);
    else if (token.text == "if" || token.text == "for" || token.text == "some" || token.text == "every")
      return expression();
    else if (token.text != "null")
      throw unexpected("значение");
    ++at_;
    return node;
  }

  NodePtr name_or_call() {
    const Token& token = current();
    if (following().kind == TokenKind::symbol && following().text == "(") return arguments(token.text);
    NodePtr node = make(Kind::name, token.offset, token.text);
    ++at_;
    note_name(node->text);
    return node;
  }

  void note_name(const std::string& name) {
    if (name == "partial") ++partials_;
    if (inside_filter_ > 0 && name == "item") return;
    if (std::find(bound_.begin(), bound_.end(), name) != bound_.end()) return;
    // Inside a filter a name may be a key of the element.
    if (inside_filter_ > 0) return;
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }

  // The name stands at the current token, an opening bracket behind it.
  NodePtr arguments(std::string name) {
    const size_t offset = current().offset;
    if (find_builtin(name) < 0 && std::find(bound_.begin(), bound_.end(), name) != bound_.end()) {
      NodePtr invoked = make(Kind::invoke, offset);
      own(*invoked, make(Kind::name, offset, std::move(name)));
      at_ += 2;
      read_arguments(*invoked);
      return invoked;
    }
    NodePtr node = call(std::move(name), offset);
    at_ += 2;
    read_arguments(*node);
    if (node->builtin < 0) {
      const std::string near = nearest(node->text, builtin_names());
      throw fault_at(offset, fmt::format("Функция «{}» не известна{}", node->text,
                                         near.empty() ? "." : fmt::format("; может быть, «{}»?", near)));
    }
    if (const std::string complaint = check_arguments(*node); !complaint.empty()) throw fault_at(offset, complaint);
    return node;
  }

  // Behind the opening bracket.
  void read_arguments(Node& call) {
    const int outer = std::exchange(open_range_end_, 0);
    if (!is_symbol(")")) {
      do {
        if (current().kind == TokenKind::name && following().kind == TokenKind::symbol && following().text == ":") {
          call.names.push_back(current().text);
          at_ += 2;
        } else if (!call.names.empty()) {
          throw unexpected("имя следующего аргумента с двоеточием");
        }
        own(call, expression());
      } while (take_symbol(","));
    }
    open_range_end_ = outer;
    need_symbol(")");
  }

  NodePtr function() {
    NodePtr node = make(Kind::function, tokens_[at_++].offset);
    need_symbol("(");
    const size_t known = bound_.size();
    if (!is_symbol(")")) {
      do {
        node->names.push_back(need_name());
        if (take_symbol(":")) type();
        bound_.push_back(node->names.back());
      } while (take_symbol(","));
    }
    need_symbol(")");
    own(*node, expression());
    bound_.resize(known);
    return node;
  }

  NodePtr bracketed() {
    const size_t offset = tokens_[at_++].offset;
    const int outer = std::exchange(open_range_end_, 0);
    NodePtr node = expression();
    open_range_end_ = outer;
    if (is_symbol("..")) return range_from(std::move(node), offset, false);
    need_symbol(")");
    return node;
  }

  // At «..»; what stands before it is read already.
  NodePtr range_from(NodePtr low, size_t offset, bool closed_low) {
    need_symbol("..");
    const int outer = std::exchange(open_range_end_, 1);
    NodePtr high = expression();
    open_range_end_ = outer;
    NodePtr node = make(Kind::range, offset, std::move(low), std::move(high));
    node->closed_low = closed_low;
    node->closed_high = is_symbol("]");
    if (!take_symbol("]") && !take_symbol(")") && !take_symbol("[")) throw unexpected("«]» или «)»");
    return node;
  }

  NodePtr list_or_range() {
    const size_t offset = tokens_[at_++].offset;
    const int outer = std::exchange(open_range_end_, 0);
    NodePtr node = make(Kind::list, offset);
    if (!is_symbol("]")) {
      do {
        own(*node, expression());
        if (node->children.size() == 1 && is_symbol("..")) {
          open_range_end_ = outer;
          return range_from(std::move(node->children[0]), offset, true);
        }
      } while (take_symbol(","));
    }
    open_range_end_ = outer;
    need_symbol("]");
    return node;
  }

  NodePtr context() {
    const size_t offset = tokens_[at_++].offset;
    const int outer = std::exchange(open_range_end_, 0);
    const size_t known = bound_.size();
    NodePtr node = make(Kind::context, offset);
    if (!is_symbol("}")) {
      do {
        if (current().kind != TokenKind::name && current().kind != TokenKind::text &&
            current().kind != TokenKind::keyword)
          throw unexpected("ключ");
        const Token& key = tokens_[at_++];
        if (std::find(node->names.begin(), node->names.end(), key.text) != node->names.end())
          throw fault_at(key.offset, fmt::format("Ключ «{}» стоит дважды.", key.text));
        need_symbol(":");
        if (is_keyword("function")) bound_.push_back(key.text);  // it may call itself
        own(*node, expression());
        node->names.push_back(key.text);
        bound_.push_back(key.text);
      } while (take_symbol(","));
    }
    need_symbol("}");
    bound_.resize(known);
    open_range_end_ = outer;
    return node;
  }

  int open_range_end_ = 0;  // inside the upper end of a range «[» closes it
  int inside_filter_ = 0;
  int partials_ = 0;                // how often «partial» was read
  std::vector<std::string> bound_;  // names of for, some, every, contexts, parameters
};

}  // namespace

Parsed parse(std::string_view text, std::vector<Token> tokens, Dialect dialect, What what) {
  try {
    Parser parser(text, std::move(tokens), dialect);
    NodePtr root = what == What::tests ? parser.run_tests() : parser.run();
    return {std::move(root), std::move(parser.names), std::nullopt};
  } catch (const Fault& fault) {
    return {nullptr, {}, fault};
  }
}

}  // namespace vekha::feel
