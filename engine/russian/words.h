// The nouns at the head of posts and titles with their forms, and the adjectives before them; the rest of a phrase
// («начальник | отдела общего образования») does not decline.
#pragma once

#include <array>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "russian/cases.h"

namespace vekha::russian {

enum class Animacy { animate, inanimate };

enum class NounClass {
  hard,              // методист, план
  velar,             // начальник, список: plural in -и
  hushing,           // завуч: завучем
  hushing_stressed,  // врач: врачом
  soft,              // учитель
  soft_stressed,     // секретарь: секретарём
  iot,               // критерий
  feminine,          // карта
  feminine_velar,    // справка
  feminine_soft,     // модель
  feminine_iya,      // информация
  neuter,            // письмо
  neuter_iye,        // положение
  adjective,         // заведующий, ответственный: of any gender
};

// A row of the table of heads.
struct NounRow {
  const char* nominative;
  NounClass declension = NounClass::hard;
  const char* stem = nullptr;             // where it is not the nominative without its ending: «списк»
  const char* plural = nullptr;           // «директора», where not regular
  const char* plural_genitive = nullptr;  // «справок», where not regular
};

struct NounReading {
  Agreement agreement = Agreement::masculine;
  std::array<std::string, case_count> forms;  // small letters
};

// Finds a noun by its nominative, singular or plural.
class NounTable {
 public:
  NounTable(std::span<const NounRow> rows, Animacy animacy);

  // `word` may be in capitals, hyphenated («педагог-психолог», «план-график») or written without ё.
  std::optional<NounReading> find(std::string_view word) const;
  Animacy animacy() const { return animacy_; }

 private:
  void add(const std::string& nominative, NounReading reading);

  Animacy animacy_;
  std::map<std::string, NounReading, std::less<>> readings_;
};

// An adjective or participle that stands in the nominative of `agreement`, in another case and small letters;
// nullopt when its ending is not that of such a word.
std::optional<std::string> decline_adjective(std::string_view word, Agreement agreement, Animacy animacy, Case target);
// A masculine adjective («прилагаемый») agreeing with a noun.
std::string agree_adjective(std::string_view masculine, Agreement agreement, Animacy animacy, Case target);

// `declined` with the capitals of `original`.
std::string with_capitals_of(std::string_view original, const std::string& declined);

// A phrase as words and what stands between them; put together again it is the same text.
struct Piece {
  std::string text;
  enum class Kind { word, gap } kind = Kind::word;
};
std::vector<Piece> split_phrase(std::string_view text);
std::string join_phrase(const std::vector<Piece>& pieces);

// Where a head stands in a phrase: adjectives, then the noun.
struct Head {
  size_t first = 0;  // piece
  size_t noun = 0;   // piece
  NounReading reading;
};
// The head that begins exactly at piece `first`.
std::optional<Head> find_head(const std::vector<Piece>& pieces, size_t first, const NounTable& nouns);
void decline_head(std::vector<Piece>& pieces, const Head& head, Animacy animacy, Case target);

}  // namespace vekha::russian
