// The rows of the formatter table, by what they format; joined in formatters.cpp.
#pragma once

#include <vector>

#include "templating/formatters.h"

namespace vekha::templating {

std::vector<Formatter> text_formatters();
std::vector<Formatter> person_formatters();
std::vector<Formatter> date_formatters();
std::vector<Formatter> number_formatters();

}  // namespace vekha::templating
