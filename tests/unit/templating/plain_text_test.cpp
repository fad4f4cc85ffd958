#include "templating/plain_text.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "base/json.h"

using namespace vekha;
using namespace vekha::templating;

namespace {

std::string text_of(const std::string& source, const std::string& json, Escape escape = Escape::none) {
  const Rendered rendered = render_text(source, parse_json(json), escape);
  for (const Diagnostic& one : rendered.diagnostics)
    CHECK(to_text(one) == "");
  return rendered.text;
}

std::string said(const std::vector<Diagnostic>& diagnostics) {
  std::string all;
  for (const Diagnostic& one : diagnostics)
    all += to_text(one) + "\n";
  return all;
}

}  // namespace

TEST_CASE("a file name is made from data, nothing escaped") {
  CHECK(text_of("Приказ {{number}} от {{date | цифрами}} {{title}}.docx",
                R"({"number":"18","date":"2022-12-09","title":"Об «A & B»"})") ==
        "Приказ 18 от 09.12.2022 Об «A & B».docx");
}

TEST_CASE("a page escapes what it prints, unless told not to") {
  CHECK(text_of("{{x}} {{{x}}} {{&x}}", R"({"x":"<b>"})", Escape::html) == "&lt;b&gt; <b> <b>");
}

TEST_CASE("turns of a list know their number, and names are found outwards") {
  CHECK(text_of("{{#list}}{{@index}}. {{name}} ({{year}}){{^@last}}; {{/@last}}{{/list}}",
                R"({"year":2022,"list":[{"name":"а"},{"name":"б"}]})") == "1. а (2022); 2. б (2022)");
  CHECK(text_of("{{#flag}}{{#list}}{{.}}{{/list}}{{/flag}}", R"({"flag":true,"list":["а","б"]})") == "аб");
}

TEST_CASE("data never becomes a tag") {
  CHECK(text_of("{{x}}", R"({"x":"{{y}} \u0001#0\u0002"})") == "{{y}} \x01#0\x02");
}

TEST_CASE("a partial is taken from the given ones") {
  const Rendered rendered =
      render_text("{{#list}}{{>row}}{{/list}}", parse_json(R"({"list":[1,2]})"), Escape::none, {{"row", "<{{.}}>"}});
  CHECK(rendered.text == "<1><2>");
  CHECK(said(render_text("{{>row}}", Value(Map{})).diagnostics) ==
        "ошибка: Вставки «row» нет.\n    Исправьте имя вставки или добавьте её.\n");
  CHECK(said(render_text("{{>row}}", Value(Map{}), Escape::none, {{"row", "{{>row}}"}}).diagnostics) ==
        "ошибка: Вставка «row» вызывает сама себя.\n    Уберите из неё этот вызов.\n");
}

TEST_CASE("an unknown name is an error with its place, and there is no text") {
  const Rendered rendered = render_text("а\n {{nmae}}", parse_json(R"({"name":"x"})"), Escape::none, {}, "имя.txt");
  CHECK(rendered.text == "");
  CHECK(said(rendered.diagnostics) ==
        "имя.txt:2:2: ошибка: Тег «{{nmae}}»: Имени «nmae» нет в данных.\n    Может быть, «name»?\n");
}

TEST_CASE("all faults of a text are told at once") {
  CHECK(said(check_text("{{#a}}{{/b}}{{x | ъъъ}}", "т")) ==
        "т:1:13: ошибка: В теге «{{x | ъъъ}}» неизвестный форматтер «ъъъ».\n    Все форматтеры перечислены в "
        "templates/README.md.\n"
        "т:1:7: ошибка: Тег «{{/b}}» стоит там, где ещё открыт раздел «{{#a}}».\n    Сначала закройте «{{#a}}».\n"
        "т:1:1: ошибка: Раздел «{{#a}}» не закрыт.\n    Поставьте «{{/a}}» там, где он кончается.\n");
  CHECK(said(check_text("{{/b}}")) ==
        "строка 1:1: ошибка: Раздел «{{/b}}» закрыт, но не открыт.\n    Поставьте «{{#b}}» там, где он начинается, или "
        "уберите тег.\n");
  CHECK(said(check_text("{{#b строка}}{{/b}}")) ==
        "строка 1:1: ошибка: Слово «строка» в теге «{{#b строка}}» здесь не имеет смысла.\n    Такие слова годятся "
        "только "
        "для таблиц в файлах Word и Excel.\n");
}

TEST_CASE("sections nest up to 50 deep, and a text that would turn for ever is refused") {
  std::string nested;
  for (int i = 0; i < 51; ++i)
    nested = "{{#a}}" + nested + "{{/a}}";
  CHECK(said(check_text(nested, "т")) ==
        "т:1:301: ошибка: Раздел «{{#a}}» вложен глубже 50 уровней.\n    Упростите шаблон.\n");
  std::string items = "[0";
  for (int i = 0; i < 999; ++i)
    items += ",0";
  CHECK_THROWS_WITH_AS(
      render_text("{{#a}}{{#a}}{{#a}}{{/a}}{{/a}}{{/a}}", parse_json("{\"a\":" + items + "]}")),
      "В шаблоне текста больше 1000000 повторов. Проверьте, не вложены ли списки сами в себя, или уменьшите данные.",
      Error);
}

TEST_CASE("broken brackets of all kinds neither crash nor hang") {
  for (const char* source :
       {"{{", "{{{", "{{{x}}", "{{=}}", "{{==}}", "{{= =}}", "}}", "{{#}}", "{{{}}}", "{{=a b=}}a", "{{&}}"}) {
    CAPTURE(source);
    render_text(source, Value(Map{}));
  }
}
