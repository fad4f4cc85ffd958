// Named places of the calendar: «15 мая 2021», «II квартал», «весна», «2021/22 уч. год».
#pragma once

#include <optional>

#include "russian/deadline_cursor.h"
#include "russian/deadline_grammar.h"

namespace vekha::russian {

enum class BareNumber { refused, allowed };

// Reads moments at a cursor, and remembers how the last one was written.
class MomentReader {
 public:
  explicit MomentReader(Cursor& cursor) : c_(cursor) {}

  // nullopt, and the cursor where it was, where no moment stands. A bare number is the first of «10–15 марта»: it comes
  // back as a day without a month.
  std::optional<Moment> read(BareNumber bare);
  // «учебного года», «уч. год»: moves past it.
  bool school_year_words();

  bool bare_number() const { return bare_number_; }
  bool plural_years() const { return plural_years_; }  // «2020–2022 гг.»
  bool numeric() const { return numeric_; }            // «10.2021»
  bool vague() const { return vague_; }                // «первая неделя мая»: which days is not said

 private:
  std::optional<Moment> date();
  std::optional<Moment> year();
  std::optional<Moment> short_school_year();
  std::optional<Moment> season();
  std::optional<Moment> part_of(int counted);
  int counted();
  std::optional<Moment> with_year(Moment out);
  bool next_year_follows(int year) const;
  void year_word();
  std::optional<Moment> checked(std::optional<Moment> moment, size_t start);

  Cursor& c_;
  bool bare_number_ = false;
  bool plural_years_ = false;
  bool vague_ = false;
  bool numeric_ = false;
};

}  // namespace vekha::russian
