// Short texts, file names, pages and mail: the tag language on plain text, rendered by kainjow Mustache with our strict
// look-up and formatters.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/diagnostic.h"
#include "base/value.h"

namespace vekha::templating {

enum class Escape { none, html };

struct Rendered {
  std::string text;  // empty where there are errors
  std::vector<Diagnostic> diagnostics;
};

using Partials = std::map<std::string, std::string, std::less<>>;

// All faults of a text template, with line and column.
std::vector<Diagnostic> check_text(std::string_view text_template, const std::string& file = {});

// Renders; unknown names, faulty tags and values that do not fit are errors among the diagnostics.
// Limit: sections nest up to 50 deep. Errors: refused, for over 1,000,000 turns of sections.
// With Escape::html `{{x}}` is escaped and `{{{x}}}` is not; without, both are the same.
Rendered render_text(std::string_view text_template, const Value& data, Escape escape = Escape::none,
                     const Partials& partials = {}, const std::string& file = {});

}  // namespace vekha::templating
