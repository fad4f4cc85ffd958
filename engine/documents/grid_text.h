// Texts and fields of layouts over data: the one place where grids meet the templating room.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"

namespace vekha::documents {

// Two contexts: a row or group (may be null), and around it what the whole workbook knows.
struct GridScope {
  const Value& inner;
  const Value& outer;
};

// The text with its tags replaced; names are looked for in the inner context first.
// Errors: faulty, where the data lacks a name or a value does not fit its formatter; `place` says whose text it is.
std::string render(const std::string& text, const GridScope& scope, const std::string& place);

// The value of «a.b.c», its first part looked for in the inner context first. A name below null is null.
// Errors: faulty, where there is none and no "$optional" lists it; `place` says who asked.
const Value& find_field(const std::string& path, const GridScope& scope, const std::string& place);

// What a cell prints of a value: a list is a text of lines, dates are «09.12.2022», null is empty.
std::string cell_text(const Value& value);

// «09.12.2022».
std::string date_text(Date date);

}  // namespace vekha::documents
