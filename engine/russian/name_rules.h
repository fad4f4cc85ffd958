// The rules of petrovich, compiled once: which ending becomes which, and which ending tells the gender.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "russian/cases.h"

namespace vekha::russian {

enum class NamePart { surname, first, patronymic };

// One word of a name in a case other than the nominative; hyphenated ones part by part. `word` may be in capitals.
// nullopt where no rule fits or two ways are right. `gender` is female or male.
std::optional<std::string> decline_by_rules(NamePart part, const std::string& word, Case target, Gender gender);

// Unknown where the data says nothing, or «both».
Gender gender_by_rules(NamePart part, std::string_view word);

}  // namespace vekha::russian
