// The six cases and what else Russian words agree in.
#pragma once

#include <string>

namespace vekha::russian {

enum class Case { nominative, genitive, dative, accusative, instrumental, prepositional };
inline constexpr int case_count = 6;

// Of a person; a post keeps its own («методисту Ивановой»).
enum class Gender { unknown, female, male };

// What an adjective or participle takes from its noun.
enum class Agreement { masculine, feminine, neuter, plural };

// Words in a case. Where the program does not know how they decline, `text` is what came in and `certain` is false:
// show it to a person, never print it silently.
struct Declined {
  std::string text;
  bool certain = true;

  bool operator==(const Declined&) const = default;
};

}  // namespace vekha::russian
