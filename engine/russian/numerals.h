// Numbers in papers: in words, in digits, and the noun that goes with them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.h"
#include "russian/cases.h"

namespace vekha::russian {

// «двадцать один», «двадцать одна»; the gender of the noun counted. nullopt beyond ±999 999 999 999.
std::optional<std::string> number_in_words(int64_t number, Agreement gender = Agreement::masculine);

// one 1, 21, 101; few 2–4, 22 and fractions; many 0, 5–20, 111.
enum class Plural { one, few, many };
Plural plural_of(const Decimal& number);

// The noun for a number: «пункт», «пункта», «пунктов».
const std::string& agree(const Decimal& number, const std::string& one, const std::string& few,
                         const std::string& many);
// The noun behind «не менее», which wants the genitive: «не менее 1 мероприятия», «не менее 2 заседаний».
const std::string& agree_in_genitive(const Decimal& number, const std::string& singular, const std::string& plural);

// «1 234 567,5»: decimal comma, groups of three with U+00A0 between.
std::string number_in_digits(const Decimal& number);
// «78,6 %» with U+00A0; the number is already in per cent.
std::string percent(const Decimal& number);

}  // namespace vekha::russian
