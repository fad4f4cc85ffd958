#include "templating/tag.h"

#include <doctest/doctest.h>

#include "templating/formatters.h"

using namespace vekha;
using namespace vekha::templating;

namespace {

Tag only_tag(std::string_view text) {
  Delimiters delimiters;
  std::vector<Fault> faults;
  std::vector<Tag> tags = scan(text, delimiters, faults);
  for (const Fault& fault : faults)
    MESSAGE(fault.diagnostic.message);
  REQUIRE(tags.size() == 1);
  return tags[0];
}

std::string fault_of(std::string_view text) {
  Delimiters delimiters;
  std::vector<Fault> faults;
  scan(text, delimiters, faults);
  REQUIRE(faults.size() == 1);
  return faults[0].diagnostic.code + ": " + faults[0].diagnostic.message + " " + faults[0].diagnostic.hint;
}

}  // namespace

TEST_CASE("each kind of tag is told by its sign") {
  CHECK(only_tag("а {{ document.date }} б").kind == TagKind::value);
  CHECK(only_tag("{{#items}}").kind == TagKind::section);
  CHECK(only_tag("{{^items}}").kind == TagKind::inverted);
  CHECK(only_tag("{{/ items }}").kind == TagKind::close);
  CHECK(only_tag("{{>шапка}}").kind == TagKind::partial);
  CHECK(only_tag("{{! что угодно | тут }}").kind == TagKind::comment);
  CHECK(only_tag("{{{x}}}").raw);
  CHECK(only_tag("{{& x}}").raw);
}

TEST_CASE("a tag knows where it stands, in bytes") {
  const Tag tag = only_tag("а{{x}}б");
  CHECK(tag.begin == 2);
  CHECK(tag.end == 7);
  CHECK(tag.source == "{{x}}");
}

TEST_CASE("names have letters of any alphabet, digits, underscores, hyphens and dots") {
  CHECK(only_tag("{{Приказ_1.под-пункт.x2}}").expression.name.parts ==
        std::vector<std::string>{"Приказ_1", "под-пункт", "x2"});
  CHECK(only_tag("{{.}}").expression.name.kind == Name::Kind::current);
  CHECK(only_tag("{{^@last}}").expression.name.kind == Name::Kind::last);
}

TEST_CASE("no-break spaces, soft hyphens and zero-width characters within a tag do not matter") {
  const Tag tag = only_tag("{{\u00A0docu\u00ADment.da\u200Bte\u00A0|\u00A0словесно\u00A0}}");
  CHECK(tag.expression.name.text == "document.date");
  CHECK(tag.expression.calls.at(0).name == "словесно");
}

TEST_CASE("arguments stand in any quotes, are numbers, or are names") {
  for (const char* text : {"{{x|или(\"нет\")}}", "{{x | или(“нет”)}}", "{{x|или(«нет»)}}", "{{x|или('нет')}}",
                           "{{x|или(„нет“)}}", "{{x|или(”нет“)}}"}) {
    CAPTURE(text);
    CHECK(std::get<std::string>(only_tag(text).expression.calls[0].arguments[0]) == "нет");
  }
  const Tag tag = only_tag("{{n | согласовать(\"пункт\", one.two ,\"пунктов, и (все) | да\")}}");
  CHECK(std::get<Name>(tag.expression.calls[0].arguments[1]).text == "one.two");
  CHECK(std::get<std::string>(tag.expression.calls[0].arguments[2]) == "пунктов, и (все) | да");
  CHECK(std::get<Decimal>(only_tag("{{x|или(-1.5)}}").expression.calls[0].arguments[0]) == *Decimal::parse("-1.5"));
}

TEST_CASE("a word may follow the name of a section") {
  const Tag tag = only_tag("{{#months столбец}}");
  CHECK(tag.expression.name.text == "months");
  CHECK(tag.word == "столбец");
}

TEST_CASE("delimiters change for what follows") {
  Delimiters delimiters;
  std::vector<Fault> faults;
  const std::vector<Tag> tags = scan("{{=<% %>=}}<%x%>{{y}}<%={{ }}=%>{{z}}", delimiters, faults);
  REQUIRE(tags.size() == 4);
  CHECK(tags[1].expression.name.text == "x");
  CHECK(tags[3].expression.name.text == "z");
  CHECK(delimiters == Delimiters());
}

TEST_CASE("each fault of a tag is told with what to do") {
  CHECK(fault_of("текст {{name и дальше") ==
        "tag-unclosed: Тег «{{name и дальше» не закрыт: за ним нет «}}». Допишите «}}» в том же абзаце.");
  CHECK(fault_of("{{}}") == "tag-empty: В теге «{{}}» нет имени. Впишите имя поля или уберите тег.");
  CHECK(fault_of("{{a..b}}") ==
        "tag-name: В теге «{{a..b}}» имя записано неверно. Имя состоит из букв, цифр, знаков «_» и «-»; части "
        "разделяются "
        "точками без пробелов, например document.date.");
  CHECK(
      fault_of("{{@number}}") ==
      "tag-name: В теге «{{@number}}» неизвестное имя «@number». Есть только @index (номер повтора), @first (первый) и "
      "@last (последний).");
  CHECK(fault_of("{{a b}}") ==
        "tag-syntax: В теге «{{a b}}» лишнее: «b». После имени может стоять только черта «|» и форматтер, например "
        "{{дата | "
        "словесно}}.");
  CHECK(
      fault_of("{{=<%=}}") ==
      "tag-delimiters: Тег «{{=<%=}}» должен назвать две новые скобки. Например, {{=<% %>=}}: дальше теги пишутся как "
      "<%имя%>.");
  CHECK(fault_of("{{a|}}") ==
        "formatter-name: В теге «{{a|}}» после черты «|» нет форматтера. Впишите форматтер, например {{дата | "
        "словесно}}, или "
        "уберите черту.");
  CHECK(fault_of("{{a | словестно}}") ==
        "formatter-unknown: В теге «{{a | словестно}}» неизвестный форматтер «словестно». Может быть, «словесно»?");
  CHECK(fault_of("{{a | xyz}}") ==
        "formatter-unknown: В теге «{{a | xyz}}» неизвестный форматтер «xyz». Все форматтеры перечислены в "
        "templates/README.md.");
  CHECK(fault_of("{{a | или(\"нет}}") ==
        "formatter-arguments: В теге «{{a | или(\"нет}}» скобки форматтера «или» записаны неверно. В скобках через "
        "запятую "
        "стоят тексты в кавычках, числа или имена полей; скобка закрывается.");
  CHECK(fault_of("{{a | согласовать(\"пункт\")}}") ==
        "formatter-arguments: В теге «{{a | согласовать(\"пункт\")}}» у форматтера «согласовать» в скобках аргументов: "
        "1, а "
        "нужно: 3 (один, два, пять). Исправьте аргументы в скобках.");
  CHECK(
      fault_of("{{a | словесно(1)}}") ==
      "formatter-arguments: В теге «{{a | словесно(1)}}» у форматтера «словесно» в скобках аргументов: 1, а нужно: без "
      "скобок. Исправьте аргументы в скобках.");
  CHECK(fault_of("{{a | дата(5)}}") ==
        "formatter-arguments: В теге «{{a | дата(5)}}» аргумент «вид даты» форматтера «дата» – не то, что он ждёт "
        "(текст). "
        "Исправьте аргументы в скобках.");
  CHECK(
      fault_of("{{a | фамилия | словесно}}") ==
      "formatter-chain: В теге «{{a | фамилия | словесно}}» форматтер «словесно» ждёт дату, а предыдущий даёт значение "
      "другого вида. Переставьте форматтеры или уберите лишний.");
  CHECK(fault_of("{{" + std::string(3000, 'a') + "}}").starts_with("tag-too-long: Тег «{{aaaa"));
}

TEST_CASE("a faulty tag does not hide the others") {
  Delimiters delimiters;
  std::vector<Fault> faults;
  const std::vector<Tag> tags = scan("{{a b}} {{c}} {{}} {{d", delimiters, faults);
  CHECK(tags.size() == 1);
  REQUIRE(faults.size() == 3);
  CHECK(faults[1].at == 14);
}
