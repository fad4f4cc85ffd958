// Where the parser stands among the tokens, what it may take there, and how it tells that something else stands there.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "feel/lexer.h"
#include "feel/syntax.h"

namespace vekha::feel {

class Cursor {
 protected:
  Cursor(std::string_view text, std::vector<Token> tokens, Dialect dialect)
      : text_(text), tokens_(std::move(tokens)), dialect_(dialect) {}

  const Token& current() const { return tokens_[at_]; }
  const Token& following() const { return tokens_[std::min(at_ + 1, tokens_.size() - 1)]; }
  bool is_symbol(std::string_view symbol) const {
    return current().kind == TokenKind::symbol && current().text == symbol;
  }
  bool is_keyword(std::string_view word) const {
    return current().kind == TokenKind::keyword && current().text == word;
  }
  bool take_symbol(std::string_view symbol) {
    if (!is_symbol(symbol)) return false;
    ++at_;
    return true;
  }
  bool take_keyword(std::string_view word) {
    if (!is_keyword(word)) return false;
    ++at_;
    return true;
  }
  void need_symbol(std::string_view symbol) {
    if (!take_symbol(symbol)) throw unexpected(fmt::format("«{}»", symbol));
  }
  void need_keyword(std::string_view word) {
    if (!take_keyword(word)) throw unexpected(fmt::format("слово «{}»", word));
  }
  std::string need_name() {
    if (current().kind != TokenKind::name) throw unexpected("имя");
    return tokens_[at_++].text;
  }

  Fault fault_at(size_t offset, std::string message) const {
    const TextPosition position = position_at(text_, offset);
    return {std::move(message), position.line, position.column};
  }
  Fault unexpected(const std::string& wanted) const {
    if (current().kind == TokenKind::end)
      return fault_at(text_.size(), fmt::format("Здесь ожидается {}, а выражение кончилось.", wanted));
    return fault_at(current().offset, fmt::format("Здесь ожидается {}, а стоит «{}».", wanted,
                                                  text_.substr(current().offset, current().end - current().offset)));
  }

  NodePtr make(Kind kind, size_t offset, std::string text = {}) const {
    auto node = std::make_unique<Node>();
    node->kind = kind;
    node->text = std::move(text);
    const TextPosition position = position_at(text_, offset);
    node->line = position.line;
    node->column = position.column;
    return node;
  }
  NodePtr make(Kind kind, size_t offset, NodePtr a, NodePtr b) const {
    NodePtr node = make(kind, offset);
    own(*node, std::move(a));
    own(*node, std::move(b));
    return node;
  }

  // Long chains («a + a + a …») make deep trees too, and evaluation walks them by recursion.
  void own(Node& parent, NodePtr child) const {
    parent.height = std::max(parent.height, child->height + 1);
    if (parent.height > max_height)
      throw fault_at(current().offset, "Выражение слишком длинное: разбейте его на части.");
    parent.children.push_back(std::move(child));
  }

  struct Deeper {
    explicit Deeper(Cursor& parser) : parser_(parser) {
      if (++parser_.depth_ > max_depth)
        throw parser_.fault_at(parser_.current().offset, "Выражение вложено глубже 200 уровней.");
    }
    ~Deeper() { --parser_.depth_; }
    Cursor& parser_;
  };

  std::string_view text_;
  std::vector<Token> tokens_;
  Dialect dialect_;
  size_t at_ = 0;
  int depth_ = 0;

 private:
  static constexpr int max_depth = 200;
  static constexpr int max_height = 1000;
};

}  // namespace vekha::feel
