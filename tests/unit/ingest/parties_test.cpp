#include "ingest/parties.h"

#include <doctest/doctest.h>

#include "base/text.h"

using namespace vekha;
using namespace vekha::ingest;

namespace {

// «name/post/organization», a group with «+» behind; parties apart by « | ».
std::string parties(const std::vector<Line>& lines) {
  std::vector<std::string> all;
  for (const roadmap::Party& party : parties_of(lines))
    all.push_back(party.name + "/" + party.post + "/" + party.organization + (party.group ? "+" : ""));
  return join(all, " | ");
}
std::string parties(const std::string& text) { return parties(std::vector<Line>{{text, LineKind::text}}); }

}  // namespace

TEST_CASE("a comma, a dash or a blank joins a person with the post that follows") {
  CHECK(parties("Рощина А.Б., методист МБУ ДПО «Мост»") == "Рощина А.Б./методист/МБУ ДПО «Мост»");
  CHECK(parties("Рощина А.Б. – методист МБУ ДПО «Мост»") == "Рощина А.Б./методист/МБУ ДПО «Мост»");
  CHECK(parties("Рощина А.Б. методист ДПО «Мост».") == "Рощина А.Б./методист/ДПО «Мост»");
  CHECK(parties("Рощина-Белая А. Б., начальник") == "Рощина-Белая А. Б./начальник/");
  CHECK(parties("директор школы Рощина А.Б.") == "Рощина А.Б./директор школы/");
  CHECK(parties("А.Б. Рощина") == "А.Б. Рощина//");
  CHECK(parties("Рощина Анна Борисовна, методист") == "Рощина Анна Борисовна/методист/");
}

TEST_CASE("people follow one another with a comma, a blank or nothing between them") {
  CHECK(parties("Рощина А.Б., Лугов В.Г.") == "Рощина А.Б.// | Лугов В.Г.//");
  CHECK(parties("А.Б. Рощина В.Г. Лугов Д.Е. Полев") == "А.Б. Рощина// | В.Г. Лугов// | Д.Е. Полев//");
  CHECK(parties("Рощина А.Б. Лугов В.Г.") == "Рощина А.Б.// | Лугов В.Г.//");
  CHECK(parties("Рощина А.Б. Руководители ОО") == "Рощина А.Б.// | /Руководители ОО/+");
  CHECK(parties("Рощина А.Б., методист, Лугов В.Г., тьютор") == "Рощина А.Б./методист/ | Лугов В.Г./тьютор/");
}

TEST_CASE("a capital post behind a blank begins another party, in the middle of a name it does not") {
  CHECK(parties("Специалисты МКУ «Мост» Руководители РМО учителей-предметников Тьюторы") ==
        "/Специалисты/МКУ «Мост»+ | /Руководители РМО учителей-предметников/+ | /Тьюторы/+");
  CHECK(parties("МКУ «Центр Методисты города»") == "//МКУ «Центр Методисты города»");
}

TEST_CASE("an office that stands alone ends where the next legal form begins") {
  const char* both = "//Управление образования города Луговой | //МКУ «Центр развития» г. Луговой";
  CHECK(parties("Управление образования города Луговой МКУ «Центр развития» г. Луговой") == both);
  CHECK(parties("Управление образования города Луговой, МКУ «Центр развития» г. Луговой") == both);
  CHECK(parties("Методический отдел МКУ «Центр»") == "//Методический отдел МКУ «Центр»");
}

TEST_CASE("a comma parts parties only where a party follows") {
  CHECK(parties("Руководители кружков, методисты МБУ «Мост»") == "/Руководители кружков/+ | /методисты/МБУ «Мост»+");
  CHECK(parties("главный специалист по кадрам, наградам и обучению") ==
        "/главный специалист по кадрам, наградам и обучению/");
  CHECK(parties("школьный методический совет, жюри конкурса") == "//школьный методический совет+ | //жюри конкурса+");
}

TEST_CASE("list entries are parties, whatever parts them") {
  const char* three = "/начальник/МКУ «Мост» | /начальник отдела школ/ | /специалисты/МКУ «Мост»+";
  CHECK(parties("- начальник МКУ «Мост»; - начальник отдела школ; - специалисты МКУ «Мост»") == three);
  CHECK(parties("- начальник МКУ «Мост», - начальник отдела школ, - специалисты МКУ «Мост»;") == three);
  CHECK(parties(std::vector<Line>{{"начальник МКУ «Мост»", LineKind::list_item},
                                  {"начальник отдела школ", LineKind::list_item},
                                  {"специалисты МКУ «Мост»", LineKind::list_item}}) == three);
}

TEST_CASE("a new line begins a party with a capital letter and goes on one with a small letter") {
  CHECK(parties(std::vector<Line>{{"Методический отдел МКУ «Мост»"}, {"Руководители кружков"}}) ==
        "//Методический отдел МКУ «Мост» | /Руководители кружков/+");
  CHECK(parties(std::vector<Line>{{"Специалисты МКУ"}, {"«Мост» Тьюторы"}}) == "/Специалисты/МКУ «Мост»+ | /Тьюторы/+");
}

TEST_CASE("remarks in brackets stay in the text and out of the names") {
  const auto all = parties_of({{"МКУ «Мост» (далее - Центр), руководители школ (по согласованию)"}});
  REQUIRE(all.size() == 2);
  CHECK(all[0].organization == "МКУ «Мост»");
  CHECK(all[0].text == "МКУ «Мост» (далее - Центр)");
  CHECK(all[1].post == "руководители школ");
  CHECK(all[1].group);
}

TEST_CASE("an empty cell has no parties") {
  CHECK(parties_of({}).empty());
  CHECK(parties("- ;").empty());
}
