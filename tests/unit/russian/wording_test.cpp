#include <doctest/doctest.h>

#include "base/text.h"
#include "russian/wording.h"

using namespace vekha::russian;
using vekha::replace_all;

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

TEST_CASE("quotation marks inside others are of the other kind") {
  CHECK(quoted("Об утверждении плана") == "«Об утверждении плана»");
  CHECK(quoted("Об утверждении плана («дорожной карты»)") == "«Об утверждении плана („дорожной карты“)»");
  CHECK(quoted("О работе МАУ «Центр «Радуга»»") == "«О работе МАУ „Центр „Радуга“»");
}

TEST_CASE("a number, a year and the name of a place stay on one line with the word that says what they are") {
  CHECK(bound("от 5 декабря 2022 г. № 18") ==
        "от 5 декабря 2022\xC2\xA0г. №\xC2\xA0"
        "18");
  CHECK(bound("в г. Озёрск, пос. Луговой и с. Яр") == "в г.\xC2\xA0Озёрск, пос.\xC2\xA0Луговой и с.\xC2\xA0Яр");
  CHECK(bound("за 2021–2023 годы") == "за 2021–2023\xC2\xA0годы");
  CHECK(bound("(п. 3.1 плана на 2020-2022 гг.)") ==
        "(п.\xC2\xA0"
        "3.1 плана на 2020-2022\xC2\xA0гг.)");
}

TEST_CASE("nothing else is bound") {
  for (const char* text : {"2022 г. Москва", "и т. д.", "в 2020 и 2021", "на 3 листах", "п. особый", "", " ", "№ "})
    CHECK_MESSAGE(replace_all(bound(text), "\xC2\xA0", "_") == replace_all(text, "2022 г.", "2022_г."), text);
}
