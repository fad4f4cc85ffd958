#include <doctest/doctest.h>

#include "russian/wording.h"

using namespace vekha::russian;

TEST_CASE("letters are spaced with no-break spaces, signs stay at their word") {
  CHECK(spaced_letters("ПРИКАЗ") == "П\xC2\xA0Р\xC2\xA0И\xC2\xA0К\xC2\xA0А\xC2\xA0З");
  CHECK(spaced_letters("да:") == "д\xC2\xA0а:");
  CHECK(spaced_letters("а б") == "а\xC2\xA0 \xC2\xA0б");
  CHECK(spaced_letters("").empty());
}

TEST_CASE("«об» stands before a vowel that is heard, «о» before the others") {
  for (const char* words : {"утверждении плана", "итогах", "Управлении", "«Азбуке»", "экспертизе", "11 классах", "1"})
    CHECK_MESSAGE(preposition_about(words) == "об", words);
  for (const char* words : {"проведении", "едином дне", "ёлке", "юбилее", "ярмарке", "2 классах", "110 школах", ""})
    CHECK_MESSAGE(preposition_about(words) == "о", words);
}
