#include "templating/formatters.h"

#include <doctest/doctest.h>

#include "base/json.h"
#include "base/text.h"
#include "templating/plain_text.h"

using namespace vekha;
using namespace vekha::templating;

namespace {

const char* const data = R"({
  "date": "2022-12-09", "style": "words", "number": 1234.5, "two": 2, "n21": 21, "share": 78.6, "nothing": null, "empty": "",
  "word": "приказываю:", "title": "об утверждении", "post": "начальник отдела", "odd_post": "бармаглот",
  "person": {"name": "Иванова Анна Сергеевна", "gender": "female"},
  "unknown": {"name": "Щербина Саша", "gender": null},
  "odd": {"name": "xxx 5", "gender": "male"}})";

// No-break spaces are shown as «~».
std::string rendered(const std::string& tag) {
  const Rendered result = render_text("{{" + tag + "}}", parse_json(data));
  for (const Diagnostic& one : result.diagnostics)
    CHECK(one.message == "");
  return replace_all(result.text, no_break_space, "~");
}

std::string doubt(const std::string& tag) {
  const Rendered result = render_text("{{" + tag + "}}", parse_json(data));
  REQUIRE(result.diagnostics.size() == 1);
  const Diagnostic& one = result.diagnostics[0];
  CHECK(one.severity == Severity::warning);
  return replace_all(one.message + " " + one.hint, no_break_space, "~");
}

}  // namespace

TEST_CASE("dates are printed in words, in digits, or as the data says") {
  CHECK(rendered("date | словесно") == "9~декабря 2022~г.");
  CHECK(rendered("date | цифрами") == "09.12.2022");
  CHECK(rendered("date | дата(style)") == "9~декабря 2022~г.");
  CHECK(rendered("date | дата(«digits»)") == "09.12.2022");
}

TEST_CASE("people are put into a case and printed in a form") {
  CHECK(rendered("person | инициалы") == "А.С.~Иванова");
  CHECK(rendered("person | фамилия") == "Иванова~А.С.");
  CHECK(rendered("person | полностью") == "Иванова Анна Сергеевна");
  CHECK(rendered("person | дательный") == "Ивановой Анне Сергеевне");
  CHECK(rendered("person | родительный | фамилия") == "Ивановой~А.С.");
  CHECK(rendered("person | винительный | инициалы") == "А.С.~Иванову");
  CHECK(rendered("person | творительный | полностью") == "Ивановой Анной Сергеевной");
  CHECK(rendered("person | предложный | фамилия") == "Ивановой~А.С.");
  CHECK(rendered("person | именительный | фамилия") == "Иванова~А.С.");
}

TEST_CASE("posts are put into a case") {
  CHECK(rendered("post | дательный") == "начальнику отдела");
  CHECK(rendered("post | винительный | с_заглавной") == "Начальника отдела");
}

TEST_CASE("what cannot be declined surely is a doubt, not a guess") {
  CHECK(doubt("odd_post | дательный") ==
        "Тег «{{odd_post | дательный}}»: Неизвестно, как склонять должность «бармаглот». Напечатано «бармаглот»: "
        "проверьте и "
        "поправьте в документе.");
  CHECK(doubt("odd | дательный").find("Неизвестно, как склонять имя «xxx 5».") != std::string::npos);
  CHECK(doubt("odd | инициалы") ==
        "Тег «{{odd | инициалы}}»: «xxx 5» не похоже на фамилию, имя и отчество. Напечатано как есть: проверьте и "
        "поправьте в "
        "документе.");
  CHECK(doubt("unknown | дательный").find("укажите пол человека") != std::string::npos);
}

TEST_CASE("a case stands once in a tag") {
  const Rendered result = render_text("{{person | дательный | родительный}}", parse_json(data));
  REQUIRE(result.diagnostics.size() == 1);
  CHECK(result.diagnostics[0].severity == Severity::error);
  CHECK(result.diagnostics[0].message ==
        "Тег «{{person | дательный | родительный}}»: Имя «Ивановой Анне Сергеевне» уже стоит в падеже.");
}

TEST_CASE("texts change their letters") {
  CHECK(rendered("title | заглавными") == "ОБ УТВЕРЖДЕНИИ");
  CHECK(rendered("word | разрядка") == "п~р~и~к~а~з~ы~в~а~ю:");
  CHECK(rendered("title | заглавными | разрядка") == "О~Б~ ~У~Т~В~Е~Р~Ж~Д~Е~Н~И~И");
  CHECK(rendered("title | с_заглавной") == "Об утверждении");
  CHECK(rendered("title | с_заглавной | со_строчной") == "об утверждении");
}

TEST_CASE("numbers are printed as Russian papers do") {
  CHECK(rendered("number | число") == "1~234,5");
  CHECK(rendered("n21 | прописью") == "двадцать один");
  CHECK(rendered("two | согласовать(\"пункт\", \"пункта\", \"пунктов\")") == "2~пункта");
  CHECK(rendered("share | процент") == "78,6~%");
  const Rendered result = render_text("{{number | прописью}}", parse_json(data));
  REQUIRE(result.diagnostics.size() == 1);
  CHECK(result.diagnostics[0].message == "Тег «{{number | прописью}}»: Число 1234.5 нельзя написать прописью.");
}

TEST_CASE("nothing passes through every formatter, until one replaces it") {
  CHECK(rendered("nothing | словесно") == "");
  CHECK(rendered("nothing | дательный | фамилия | или(\"нет данных\")") == "нет данных");
  CHECK(rendered("empty | или(title)") == "об утверждении");
  CHECK(rendered("post | или(\"нет\")") == "начальник отдела");
}
