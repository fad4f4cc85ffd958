#include <doctest/doctest.h>

#include "russian/titles.h"

using namespace vekha::russian;

namespace {

void check(std::string_view title, Case target, std::string_view expected) {
  const Declined declined = decline_title(title, target);
  CHECK(declined.text == expected);
  CHECK_MESSAGE(declined.certain, title);
}

}  // namespace

TEST_CASE("a roadmap's title goes into a sentence in the case it needs") {
  const char* title = "Дорожная карта по развитию чтения на 2025 год";
  check(title, Case::nominative, "дорожная карта по развитию чтения на 2025 год");
  check(title, Case::genitive, "дорожной карты по развитию чтения на 2025 год");
  check(title, Case::dative, "дорожной карте по развитию чтения на 2025 год");
  check(title, Case::accusative, "дорожную карту по развитию чтения на 2025 год");
  check(title, Case::instrumental, "дорожной картой по развитию чтения на 2025 год");
  check(title, Case::prepositional, "дорожной карте по развитию чтения на 2025 год");
}

TEST_CASE("the second name in brackets declines with the plan") {
  const char* title = "План мероприятий («дорожная карта») по развитию чтения";
  check(title, Case::genitive, "плана мероприятий («дорожной карты») по развитию чтения");
  check(title, Case::accusative, "план мероприятий («дорожную карту») по развитию чтения");
  check(title, Case::prepositional, "плане мероприятий («дорожной карте») по развитию чтения");
  check("Дорожная карта (план мероприятий) по чтению", Case::genitive, "дорожной карты (плана мероприятий) по чтению");
  check("Комплекс мер («дорожная карта»)", Case::dative, "комплексу мер («дорожной карте»)");
  check("Информация о выполнении мероприятий («дорожная карта»)", Case::genitive,
        "информации о выполнении мероприятий («дорожная карта»)");
}

TEST_CASE("other papers decline by their heads") {
  check("Программа развития олимпиадного движения", Case::accusative, "программу развития олимпиадного движения");
  check("Информация о выполнении плана", Case::dative, "информации о выполнении плана");
  check("Положение о мониторинге", Case::genitive, "положения о мониторинге");
  check("Аналитическая справка по итогам года", Case::accusative, "аналитическую справку по итогам года");
  check("Методические рекомендации по чтению", Case::prepositional, "методических рекомендациях по чтению");
  check("План-график курсов", Case::genitive, "плана-графика курсов");
  check("Перечень показателей", Case::accusative, "перечень показателей");
  check("Порядок проведения", Case::genitive, "порядка проведения");
  check("Мероприятия по подготовке", Case::accusative, "мероприятия по подготовке");
  check("Муниципальная программа «Чтение»", Case::genitive, "муниципальной программы «Чтение»");
  check("Программа и план мероприятий", Case::genitive, "программы и плана мероприятий");
  check("Сводный отчет школ", Case::genitive, "сводного отчета школ");
}

TEST_CASE("quotes and capitals of a title are kept") {
  check("«Дорожная карта» по чтению", Case::accusative, "«Дорожную карту» по чтению");
  check("ДОРОЖНАЯ КАРТА по чтению", Case::accusative, "ДОРОЖНУЮ КАРТУ по чтению");
}

TEST_CASE("an unknown title comes back as it is and uncertain") {
  for (const char* title : {"Вехи чтения", "О ходе выполнения мероприятий", "Дорожная", "", "Дорожные карта"})
    CHECK(decline_title(title, Case::accusative) == Declined{title, false});
}

TEST_CASE("the head of an appendix agrees with its title") {
  CHECK(approved_heading("Дорожная карта по чтению") == Declined{"УТВЕРЖДЕНА", true});
  CHECK(approved_heading("Программа развития") == Declined{"УТВЕРЖДЕНА", true});
  CHECK(approved_heading("План мероприятий («дорожная карта»)") == Declined{"УТВЕРЖДЁН", true});
  CHECK(approved_heading("Положение о конкурсе") == Declined{"УТВЕРЖДЕНО", true});
  CHECK(approved_heading("Мероприятия по подготовке") == Declined{"УТВЕРЖДЕНЫ", true});
  CHECK(approved_heading("Вехи чтения") == Declined{"УТВЕРЖДЕНО", false});
}

TEST_CASE("a participle agrees with a title") {
  CHECK(agree_with_title("прилагаемый", "Дорожная карта", Case::accusative) == Declined{"прилагаемую", true});
  CHECK(agree_with_title("прилагаемый", "План мероприятий", Case::accusative) == Declined{"прилагаемый", true});
  CHECK(agree_with_title("прилагаемый", "Положение о конкурсе", Case::accusative) == Declined{"прилагаемое", true});
  CHECK(agree_with_title("утверждённый", "Мероприятия", Case::genitive) == Declined{"утверждённых", true});
  CHECK(agree_with_title("утверждённый", "Дорожная карта", Case::instrumental) == Declined{"утверждённой", true});
  CHECK(agree_with_title("следующий", "Решение", Case::dative) == Declined{"следующему", true});
  CHECK(agree_with_title("прилагаемый", "Вехи", Case::accusative) == Declined{"прилагаемое", false});
  CHECK(title_agreement("Программа и план") == Agreement::plural);
  CHECK(title_agreement("Вехи") == std::nullopt);
}

TEST_CASE("what a report reports on has a title of its own") {
  CHECK(title_of_reported("Информация о выполнении основных мероприятий («дорожная карта») по направлению «Чтение»") ==
        "Основные мероприятия («дорожная карта») по направлению «Чтение»");
  CHECK(title_of_reported("Отчёт о ходе реализации плана мероприятий по развитию наставничества") ==
        "План мероприятий по развитию наставничества");
  CHECK(title_of_reported("Информация о выполнении муниципальной программы «Школа»") ==
        "Муниципальная программа «Школа»");
  CHECK_FALSE(title_of_reported("Дорожная карта по развитию наставничества"));
  CHECK_FALSE(title_of_reported("Информация о школах города"));
  CHECK_FALSE(title_of_reported("Информация о выполнении поручений"));
}
