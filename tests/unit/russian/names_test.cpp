#include <doctest/doctest.h>

#include <array>

#include "base/text.h"
#include "russian/name_rules.h"
#include "russian/names.h"

using namespace vekha;
using namespace vekha::russian;

namespace {

// The surname in genitive, dative, accusative, instrumental, prepositional, with blanks between.
std::string cases_of(NamePart part, const std::string& word, Gender gender) {
  std::string all;
  for (const Case target : {Case::genitive, Case::dative, Case::accusative, Case::instrumental, Case::prepositional}) {
    if (!all.empty()) all += ' ';
    all += decline_by_rules(part, word, target, gender).value_or("?");
  }
  return all;
}
std::string surname(const std::string& word, Gender gender) { return cases_of(NamePart::surname, word, gender); }
std::string first(const std::string& word, Gender gender) { return cases_of(NamePart::first, word, gender); }

}  // namespace

TEST_CASE("surnames of women decline where the language declines them") {
  CHECK(surname("Калинина", Gender::female) == "Калининой Калининой Калинину Калининой Калининой");
  CHECK(surname("Озерова", Gender::female) == "Озеровой Озеровой Озерову Озеровой Озеровой");
  CHECK(surname("Степная", Gender::female) == "Степной Степной Степную Степной Степной");
  CHECK(surname("Вишневская", Gender::female) == "Вишневской Вишневской Вишневскую Вишневской Вишневской");
  CHECK(surname("Тихая", Gender::female) == "Тихой Тихой Тихую Тихой Тихой");
  CHECK(surname("Куцая", Gender::female) == "Куцей Куцей Куцую Куцей Куцей");
  CHECK(surname("Негода", Gender::female) == "Негоды Негоде Негоду Негодой Негоде");
  for (const char* word : {"Шевчук", "Кравец", "Лось", "Рябоконь", "Черных", "Лысенко", "Мазур"})
    CHECK(decline_by_rules(NamePart::surname, word, Case::dative, Gender::female) == word);
}

TEST_CASE("surnames of men decline where the language declines them") {
  CHECK(surname("Озеров", Gender::male) == "Озерова Озерову Озерова Озеровым Озерове");
  CHECK(surname("Шевчук", Gender::male) == "Шевчука Шевчуку Шевчука Шевчуком Шевчуке");
  CHECK(surname("Кравец", Gender::male) == "Кравца Кравцу Кравца Кравцом Кравце");
  CHECK(surname("Коломиец", Gender::male) == "Коломийца Коломийцу Коломийца Коломийцем Коломийце");
  CHECK(surname("Лось", Gender::male) == "Лося Лосю Лося Лосем Лосе");
  CHECK(surname("Берия", Gender::male) == "Берии Берии Берию Берией Берии");
  CHECK(surname("Степной", Gender::male) == "Степного Степному Степного Степным Степном");
  CHECK(surname("Вишневский", Gender::male) == "Вишневского Вишневскому Вишневского Вишневским Вишневском");
  CHECK(surname("Сыч", Gender::male) == "Сыча Сычу Сыча Сычом Сыче");
  CHECK(surname("Куцый", Gender::male) == "Куцего Куцему Куцего Куцым Куцем");
  for (const char* word : {"Ткаченко", "Гринько", "Заборских", "Седых", "Дюма"})
    CHECK(decline_by_rules(NamePart::surname, word, Case::instrumental, Gender::male) == word);
}

TEST_CASE("surnames that petrovich has no rule for decline by our corrections") {
  CHECK(surname("Кузнец", Gender::male) == "Кузнеца Кузнецу Кузнеца Кузнецом Кузнеце");
  CHECK(surname("Скворец", Gender::male) == "Скворца Скворцу Скворца Скворцом Скворце");
  CHECK(surname("Боец", Gender::male) == "Бойца Бойцу Бойца Бойцом Бойце");
  CHECK(surname("Стрелец", Gender::male) == "Стрельца Стрельцу Стрельца Стрельцом Стрельце");
  CHECK(surname("Соловей", Gender::male) == "Соловья Соловью Соловья Соловьем Соловье");
  CHECK(surname("Сухой", Gender::male) == "Сухого Сухому Сухого Сухим Сухом");
  CHECK(surname("Большая", Gender::female) == "Большой Большой Большую Большой Большой");
  CHECK(surname("Младшая", Gender::female) == "Младшей Младшей Младшую Младшей Младшей");
}

TEST_CASE("a surname that may decline in two ways is left to a person") {
  CHECK(name_in_case("Малина Анна Сергеевна", Case::dative, Gender::female, NameForm::full) ==
        Declined{"Малина Анне Сергеевне", false});
  CHECK(surname("Малина", Gender::male) == "Малины Малине Малину Малиной Малине");
}

TEST_CASE("each part of a hyphenated surname declines by itself") {
  CHECK(surname("Мороз-Ильина", Gender::female) ==
        "Мороз-Ильиной Мороз-Ильиной Мороз-Ильину Мороз-Ильиной Мороз-Ильиной");
  CHECK(surname("Мороз-Ильин", Gender::male) ==
        "Мороза-Ильина Морозу-Ильину Мороза-Ильина Морозом-Ильиным Морозе-Ильине");
  CHECK(surname("Бонч-Озеров", Gender::male) == "Бонч-Озерова Бонч-Озерову Бонч-Озерова Бонч-Озеровым Бонч-Озерове");
}

TEST_CASE("first names with their own ways decline rightly") {
  CHECK(first("Любовь", Gender::female) == "Любови Любови Любовь Любовью Любови");
  CHECK(first("Илья", Gender::male) == "Ильи Илье Илью Ильёй Илье");
  CHECK(first("Лев", Gender::male) == "Льва Льву Льва Львом Льве");
  CHECK(first("Пётр", Gender::male) == "Петра Петру Петра Петром Петре");
  CHECK(first("Петр", Gender::male) == "Петра Петру Петра Петром Петре");
  CHECK(first("Павел", Gender::male) == "Павла Павлу Павла Павлом Павле");
  CHECK(first("Мария", Gender::female) == "Марии Марии Марию Марией Марии");
  CHECK(first("Семён", Gender::male) == "Семёна Семёну Семёна Семёном Семёне");
  CHECK(cases_of(NamePart::patronymic, "Ильич", Gender::male) == "Ильича Ильичу Ильича Ильичом Ильиче");
  CHECK(cases_of(NamePart::patronymic, "Кузьминична", Gender::female) ==
        "Кузьминичны Кузьминичне Кузьминичну Кузьминичной Кузьминичне");
}

TEST_CASE("capitals stay capitals") {
  CHECK(decline_by_rules(NamePart::surname, "ОЗЕРОВА", Case::dative, Gender::female) == "ОЗЕРОВОЙ");
  CHECK(decline_by_rules(NamePart::first, "ПЁТР", Case::dative, Gender::male) == "ПЕТРУ");
}

TEST_CASE("a name is read in every order people write it") {
  const PersonName full{"Озерова", "Анна", "Сергеевна"};
  const PersonName brief{"Озерова", "А.", "С."};
  CHECK(parse_name("Озерова Анна Сергеевна") == full);
  CHECK(parse_name(" Анна\xC2\xA0Сергеевна  Озерова ") == full);
  CHECK(parse_name("Озерова А.С.") == brief);
  CHECK(parse_name("Озерова А. С.") == brief);
  CHECK(parse_name("А.С. Озерова") == brief);
  CHECK(parse_name("А.С.Озерова") == brief);
  CHECK(parse_name("Озерова А.С") == brief);
  CHECK(parse_name("Озерова А .С.") == brief);
  CHECK(parse_name("Мороз-Ильина И. Ю.") == PersonName{"Мороз-Ильина", "И.", "Ю."});
  CHECK(parse_name("Озерова А.") == PersonName{"Озерова", "А.", ""});
  CHECK(parse_name("Озерова Анна") == PersonName{"Озерова", "Анна", ""});
  CHECK(parse_name("Озерова") == PersonName{"Озерова", "", ""});
  CHECK(parse_name("Гасанов Вагиф Расул оглы") == PersonName{"Гасанов", "Вагиф", "Расул оглы"});
  CHECK(parse_name("Петрович Анна Сергеевна") == PersonName{"Петрович", "Анна", "Сергеевна"});
}

TEST_CASE("what is no name is not read as one") {
  for (const char* text : {"", "  ", "методисты", "А.С.", "отдел № 3", "Иванова и другие", "Центр развития",
                           "Озерова А.С.В.", "Озерова, методист", "-", "Озерова А.С. Петров Б.В.", "1"})
    CHECK_MESSAGE(!parse_name(text), text);
  CHECK(!parse_name(std::string(100000, 'A')));
}

TEST_CASE("gender is told by the patronymic, then by the first name, never by the surname") {
  CHECK(gender_of({"Шевчук", "Женя", "Олеговна"}) == Gender::female);
  CHECK(gender_of({"Шевчук", "Илья", ""}) == Gender::male);
  CHECK(gender_of({"Шевчук", "Коля", ""}) == Gender::male);
  CHECK(gender_of({"Шевчук", "Поля", ""}) == Gender::female);
  CHECK(gender_of({"Шевчук", "Семён", ""}) == Gender::male);
  CHECK(gender_of({"Гасанов", "Шура", "Расул оглы"}) == Gender::male);
  CHECK(gender_of({"Шевчук", "Саша", ""}) == Gender::unknown);
  CHECK(gender_of({"Озерова", "А.", "С."}) == Gender::unknown);
  CHECK(gender_of({"Озерова", "", ""}) == Gender::unknown);
}

TEST_CASE("a surname that asks for the gender stays as it is while nobody has said, and that is reported") {
  const auto dative = [](std::string_view text, Gender gender) {
    return name_in_case(text, Case::dative, gender, NameForm::surname_initials);
  };
  CHECK(dative("Шевчук А.С.", Gender::unknown) == Declined{"Шевчук\xC2\xA0А.С.", false});
  CHECK(dative("Озерова А.С.", Gender::unknown) == Declined{"Озерова\xC2\xA0А.С.", false});
  CHECK(dative("Шевчук А.С.", Gender::male) == Declined{"Шевчуку\xC2\xA0А.С.", true});
  CHECK(dative("Шевчук А.С.", Gender::female) == Declined{"Шевчук\xC2\xA0А.С.", true});
  CHECK(dative("Ткаченко А.С.", Gender::unknown) == Declined{"Ткаченко\xC2\xA0А.С.", true});
  CHECK(dative("Негода А.С.", Gender::unknown) == Declined{"Негоде\xC2\xA0А.С.", true});
  CHECK(dative("Smith J.", Gender::male) == Declined{"Smith\xC2\xA0J.", false});
  CHECK(dative("методисты", Gender::female) == Declined{"методисты", false});
}

TEST_CASE("a name is printed in full, with initials after or before the surname") {
  const auto in_case = [](Case target, NameForm form, InitialsSpacing spacing = InitialsSpacing::closed) {
    return name_in_case("Озерова Анна Сергеевна", target, Gender::unknown, form, spacing).text;
  };
  CHECK(in_case(Case::nominative, NameForm::full) == "Озерова Анна Сергеевна");
  CHECK(in_case(Case::dative, NameForm::full) == "Озеровой Анне Сергеевне");
  CHECK(in_case(Case::genitive, NameForm::surname_initials) == "Озеровой\xC2\xA0А.С.");
  CHECK(in_case(Case::accusative, NameForm::initials_surname) == "А.С.\xC2\xA0Озерову");
  CHECK(in_case(Case::dative, NameForm::initials_surname, InitialsSpacing::spaced) == "А.\xC2\xA0С.\xC2\xA0Озеровой");
  CHECK(format({"Озерова", "А.", "С."}, NameForm::full) == "Озерова\xC2\xA0А.С.");
  CHECK(format({"Озерова", "", ""}, NameForm::initials_surname) == "Озерова");
  CHECK(format({"Озерова", "Анна", ""}, NameForm::surname_initials) == "Озерова\xC2\xA0А.");
}

TEST_CASE("whole names of men and women decline in every case") {
  const auto instrumental = [](std::string_view text) {
    return name_in_case(text, Case::instrumental, Gender::unknown, NameForm::full);
  };
  CHECK(instrumental("Кравец Илья Львович") == Declined{"Кравцом Ильёй Львовичем", true});
  CHECK(instrumental("Тихая Любовь Олеговна") == Declined{"Тихой Любовью Олеговной", true});
  CHECK(instrumental("Гасанов Вагиф Расул оглы") == Declined{"Гасановым Вагифом Расул оглы", true});
}
