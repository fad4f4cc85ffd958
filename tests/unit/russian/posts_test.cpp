#include <doctest/doctest.h>

#include "russian/posts.h"

using namespace vekha::russian;

namespace {

void check(std::string_view post, Case target, std::string_view expected) {
  const Declined declined = decline_post(post, target);
  CHECK(declined.text == expected);
  CHECK_MESSAGE(declined.certain, post);
}

void check_unknown(std::string_view post) {
  CHECK(decline_post(post, Case::dative) == Declined{std::string(post), false});
}

}  // namespace

TEST_CASE("only the head of a post declines") {
  check("начальник отдела общего образования", Case::genitive, "начальника отдела общего образования");
  check("начальник МКУ «УО ГО Сосновый Берег»", Case::accusative, "начальника МКУ «УО ГО Сосновый Берег»");
  check("заместитель начальника Управления образования", Case::dative, "заместителю начальника Управления образования");
  check("директор", Case::instrumental, "директором");
  check("секретарь", Case::instrumental, "секретарём");
  check("куратор наставничества", Case::prepositional, "кураторе наставничества");
  check("глава муниципального округа", Case::accusative, "главу муниципального округа");
  check("методист", Case::nominative, "методист");
  check("специалист по кадрам, наградам и обучению", Case::dative, "специалисту по кадрам, наградам и обучению");
}

TEST_CASE("adjectives before the head agree with it") {
  check("ведущий специалист по методической деятельности", Case::dative,
        "ведущему специалисту по методической деятельности");
  check("главный бухгалтер", Case::genitive, "главного бухгалтера");
  check("старший методист", Case::instrumental, "старшим методистом");
  check("учёный секретарь", Case::accusative, "учёного секретаря");
  check("ведущий научный сотрудник", Case::dative, "ведущему научному сотруднику");
  check("городской координатор", Case::instrumental, "городским координатором");
  check("последний  директор", Case::genitive, "последнего  директора");
  check("ответственный исполнитель", Case::dative, "ответственному исполнителю");
  check("старшая вожатая", Case::dative, "старшей вожатой");
}

TEST_CASE("adjectives that are posts themselves decline as such") {
  check("заведующий отделом", Case::dative, "заведующему отделом");
  check("заведующая отделом", Case::dative, "заведующей отделом");
  check("Заведующий учебной частью", Case::genitive, "Заведующего учебной частью");
  check("исполняющий обязанности руководителя", Case::dative, "исполняющему обязанности руководителя");
  check("временно исполняющий обязанности директора", Case::accusative, "временно исполняющего обязанности директора");
  check("ответственный за питание", Case::accusative, "ответственного за питание");
}

TEST_CASE("groups decline in the plural") {
  check("Руководители общеобразовательных организаций", Case::dative, "Руководителям общеобразовательных организаций");
  check("методисты", Case::instrumental, "методистами");
  check("тьюторы", Case::accusative, "тьюторов");
  check("ведущие специалисты отдела", Case::genitive, "ведущих специалистов отдела");
  check("директора школ", Case::dative, "директорам школ");
  check("учителя", Case::accusative, "учителей");
  check("заведующие отделами", Case::instrumental, "заведующими отделами");
  check("педагоги-психологи", Case::dative, "педагогам-психологам");
}

TEST_CASE("both halves of a hyphenated post decline") {
  check("педагог-психолог", Case::genitive, "педагога-психолога");
  check("учитель-логопед", Case::dative, "учителю-логопеду");
  check("пресс-секретарь", Case::dative, "пресс-секретарю");
}

TEST_CASE("each of several posts declines") {
  check("директор, учитель математики", Case::dative, "директору, учителю математики");
  check("начальник отдела – главный бухгалтер", Case::genitive, "начальника отдела – главного бухгалтера");
  check("методисты и специалисты отдела", Case::dative, "методистам и специалистам отдела");
  check("методисты, учителя", Case::dative, "методистам, учителям");
  check("заместитель директора и учителя", Case::dative, "заместителю директора и учителя");
  check("директор центра «Методист, учитель»", Case::genitive, "директора центра «Методист, учитель»");
}

TEST_CASE("a second post that may be a genitive is left and reported") {
  CHECK(decline_post("заместители начальника и директора", Case::dative) ==
        Declined{"заместителям начальника и директора", false});
}

TEST_CASE("abbreviated acting posts stay as they are") {
  for (const char* post : {"и.о. директора", "И. о. начальника отдела", "врио начальника", "Вр.и.о. директора"})
    CHECK(decline_post(post, Case::dative) == Declined{post, true});
}

TEST_CASE("capitals and spellings without ё are kept") {
  check("НАЧАЛЬНИК ОТДЕЛА", Case::dative, "НАЧАЛЬНИКУ ОТДЕЛА");
  check("Ведущий специалист", Case::dative, "Ведущему специалисту");
  check("контролер", Case::genitive, "контролера");
  check("контролёр", Case::genitive, "контролёра");
}

TEST_CASE("an unknown head comes back as it is and uncertain") {
  check_unknown("звездочёт");
  check_unknown("ведущая специалист");
  check_unknown("учитель-звездочёт");
  check_unknown("методисты-учитель");
  check_unknown("отдел кадров");
  check_unknown("ведущий");
  check_unknown("");
  check_unknown("«»");
}
