#include "documents/template.h"

#include <doctest/doctest.h>

#include <thread>

#include "base/error.h"
#include "base/json.h"
#include "word_fixture.h"

using namespace vekha;
using namespace vekha::word_fixture;
using documents::fill;
using documents::Template;

TEST_CASE("headers, footers, notes, comments and document properties are filled") {
  const std::string core =
      "<?xml version=\"1.0\"?><cp:coreProperties xmlns:cp=\"c\" xmlns:dc=\"d\"><dc:title>{{title}} "
      "{{#n}}№{{.}}{{/n}}</dc:title>"
      "<dc:creator>А</dc:creator></cp:coreProperties>";
  const Template compiled = Template::compile(
      word_file(p("{{x}}"),
                {{"word/header1.xml", "header", p("верх {{x}}")},
                 {"word/footer1.xml", "footer", p("низ {{x}}")},
                 {"word/footnotes.xml", "footnotes", "<w:footnote w:id=\"1\">" + p("сноска {{x}}") + "</w:footnote>"},
                 {"word/endnotes.xml", "endnotes", "<w:endnote w:id=\"1\">" + p("{{x}}") + "</w:endnote>"},
                 {"word/comments.xml", "comments", "<w:comment w:id=\"1\">" + p("{{x}}") + "</w:comment>"},
                 {"docProps/core.xml", "core-properties", core}}),
      "шаблон.docx");
  const documents::Filled filled = fill(compiled, parse_json(R"({"x":"<1>","title":"а & б\nв","n":5})"));
  CHECK(said(filled.diagnostics) == "");
  CHECK(part_of(filled.bytes, "word/header1.xml").find("верх &lt;1&gt;") != std::string::npos);
  CHECK(part_of(filled.bytes, "word/footer1.xml").find("низ &lt;1&gt;") != std::string::npos);
  CHECK(part_of(filled.bytes, "word/footnotes.xml").find("сноска &lt;1&gt;") != std::string::npos);
  CHECK(part_of(filled.bytes, "word/endnotes.xml").find("&lt;1&gt;") != std::string::npos);
  CHECK(part_of(filled.bytes, "word/comments.xml").find("&lt;1&gt;") != std::string::npos);
  CHECK(part_of(filled.bytes, "docProps/core.xml")
            .find("<dc:title>а &amp; б в №5</dc:title><dc:creator>А</dc:creator>") != std::string::npos);
}

TEST_CASE("a part without tags stays byte for byte as it is packed") {
  const std::string source = word_file(p("{{x}}"), {{"word/header1.xml", "header", p("просто текст")}});
  const std::string made = fill(Template::compile(source, "шаблон.docx"), parse_json(R"({"x":1})")).bytes;
  const opc::Package before = opc::Package::read(source, "шаблон.docx");
  const opc::Package after = opc::Package::read(made, "готовый.docx");
  REQUIRE(before.parts().size() == after.parts().size());
  for (size_t i = 0; i < before.parts().size(); ++i) {
    CHECK(before.parts()[i].name == after.parts()[i].name);
    const bool same = before.packed(before.parts()[i]) == after.packed(after.parts()[i]);
    CHECK(same == (before.parts()[i].name != "word/document.xml"));
  }
}

TEST_CASE("the same template and data give the same bytes, in many threads at once") {
  const Template compiled = Template::compile(
      word_file(table(row({"{{#items}}{{n}}", "{{name | заглавными}}{{/items}}"})) + p("")), "шаблон.docx");
  const Value data = parse_json(R"({"items":[{"n":1,"name":"а"},{"n":2,"name":"б"}]})");
  const std::string expected = fill(compiled, data).bytes;
  REQUIRE_FALSE(expected.empty());
  std::vector<std::string> made(4);
  std::vector<std::thread> threads;
  for (std::string& one : made)
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i)
        one = fill(compiled, data).bytes;
    });
  for (std::thread& thread : threads)
    thread.join();
  for (const std::string& one : made)
    CHECK(one == expected);
}

TEST_CASE("a .dotx gives a .docx") {
  const std::string source = word_file(p("{{x}}"), {}, FileKind::dotx);
  const std::string types =
      part_of(fill(Template::compile(source, "шаблон.dotx"), parse_json(R"({"x":1})")).bytes, "[Content_Types].xml");
  CHECK(types.find("wordprocessingml.document.main+xml") != std::string::npos);
  CHECK(types.find("template") == std::string::npos);
}

TEST_CASE("what is no Word file is refused") {
  CHECK_THROWS_WITH_AS(Template::compile(word_file("", {}, FileKind::workbook), "план.xlsx"),
                       "Файл «план.xlsx» – не документ Word. Шаблон должен быть файлом .docx или .dotx.", Error);
  CHECK_THROWS_WITH_AS(
      Template::compile(word_file("", {}, FileKind::docm), "шаблон.docm"),
      "Файл «шаблон.docm» – документ с макросами, такие шаблоны не заполняются. Сохраните его в Word как "
      "обычный документ .docx.",
      Error);
  CHECK_THROWS_WITH_AS(
      Template::compile("{}", "данные.json"),
      "Файл «данные.json» не читается: это не документ Word или Excel (.docx, .xlsx). Проверьте, тот ли это "
      "файл.",
      Error);
}

TEST_CASE("a file that calls the namespace of Word otherwise is refused") {
  CHECK_THROWS_WITH_AS(
      Template::compile(
          word_file("", {{"word/header1.xml", "header", "<?xml version=\"1.0\"?><x:hdr xmlns:x=\"w\"/>"}}),
          "шаблон.docx"),
      "Файл «шаблон.docx» записан необычной программой (часть «word/header1.xml»). Откройте его в Word и сохраните "
      "заново.",
      Error);
}

TEST_CASE("a fault of a text box is told once though the box stands in the file twice") {
  const std::string box = "<v:shape><v:textbox><w:txbxContent>" + p("{{}}") + "</w:txbxContent></v:textbox></v:shape>";
  CHECK(faults_of("<w:p><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:pict>" + box +
                  "</w:pict></mc:Choice><mc:Fallback><w:pict>" + box +
                  "</w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>") ==
        "tag-empty (абзац 1, надпись, абзац 1): В теге «{{}}» нет имени. Впишите имя поля или уберите тег.\n");
}

TEST_CASE("every fault of a template is told in one pass, with its place") {
  CHECK(
      faults_of(p("{{#a}}") + p("{{x | словестно}}") + table(row({"№", "{{/b}}"}) + row({"{{", p("") + p("{{}}")}))) ==
      "formatter-unknown (абзац 2): В теге «{{x | словестно}}» неизвестный форматтер «словестно». Может быть, "
      "«словесно»?\n"
      "tag-unclosed (таблица 1, строка 2, графа 1): Тег «{{» не закрыт: за ним нет «}}». Допишите «}}» в том же "
      "абзаце.\n"
      "tag-empty (таблица 1, строка 2, графа 2, абзац 2): В теге «{{}}» нет имени. Впишите имя поля или уберите тег.\n"
      "section-unopened (таблица 1, строка 1, графа 2): Раздел «{{/b}}» закрыт, но не открыт. Поставьте «{{#b}}» там, "
      "где он "
      "начинается, или уберите тег.\n"
      "section-unclosed (абзац 1): Раздел «{{#a}}» не закрыт. Поставьте «{{/a}}» там, где он кончается.\n");
}

TEST_CASE("crossing sections are told") {
  CHECK(
      faults_of(p("{{#a}}{{#b}}{{/a}}{{/b}}")) ==
      "section-crossing (абзац 1): Тег «{{/a}}» стоит там, где ещё открыт раздел «{{#b}}» (абзац 1). Сначала закройте "
      "«{{#b}}».\n"
      "section-unopened (абзац 1): Раздел «{{/b}}» закрыт, но не открыт. Поставьте «{{#b}}» там, где он начинается, "
      "или "
      "уберите тег.\n");
  CHECK(
      faults_of(p("{{#a}}а") + p("{{/a}}{{#b}}б") + p("{{/b}}")) ==
      "section-crossing (абзац 1): Раздел «{{#a}}» и его конец «{{/a}}» захватывают часть другого раздела или ячейки. "
      "Поставьте оба тега в отдельные абзацы или в строки одной таблицы.\n");
}

TEST_CASE("a section that crosses cells wrongly is told") {
  CHECK(faults_of(table(row({"{{#a}}"})) + p("{{/a}}")) ==
        "section-crossing (таблица 1, строка 1, графа 1): Раздел «{{#a}}» открыт здесь, а «{{/a}}» стоит в другой "
        "таблице, "
        "ячейке или надписи (абзац 1). Поставьте оба тега рядом: в один абзац, в соседние абзацы или в строки одной "
        "таблицы.\n");
  CHECK(faults_of(p("{{#a строка}}") + p("{{/a}}")) ==
        "section-crossing (абзац 1): Раздел «{{#a строка}}» повторяет строки, но открыт и закрыт не в строках одной "
        "таблицы. "
        "Поставьте оба тега в строки одной таблицы.\n");
  CHECK(faults_of("<w:p><w:r><w:t>{{#a}}</w:t></w:r><w:r><w:ruby><w:rubyBase><w:r><w:t>1{{/a}}</w:t></w:r></w:rubyBase>"
                  "</w:ruby></w:r></w:p>")
            .find("section-unclosed") == 0);
}

TEST_CASE("what is not done is refused by name") {
  CHECK(faults_of(p("{{#a лист}}{{/a}}")) ==
        "section-word (абзац 1): Слово «лист» в теге «{{#a лист}}» неизвестно. После имени раздела могут стоять слова "
        "«строка», «столбец» и «заново».\n");
  CHECK(faults_of(p("{{#a столбец}}{{/a}}")) ==
        "section-crossing (абзац 1): Раздел «{{#a столбец}}» повторяет столбцы, но открыт и закрыт не в ячейках одной "
        "таблицы. Поставьте оба тега в ячейки одной таблицы.\n");
  CHECK(faults_of(p("{{>шапка}}")) ==
        "partial-missing (абзац 1): Вставка «{{>шапка}}» не поставлена: такого файла нет. Положите файл «шапка.docx» в "
        "папку шаблона или в «вставки» рядом с ним и поставьте тег отдельным абзацем.\n");
  CHECK(faults_of("<w:p><w:r><w:instrText>HYPERLINK {{x}}</w:instrText></w:r></w:p>") ==
        "tag-in-field (абзац 1): Тег стоит в коде поля «HYPERLINK {{x}}»: там теги не заполняются. Уберите поле "
        "(Ctrl+Shift+F9) и поставьте тег обычным текстом.\n");
}

TEST_CASE("sections nest up to 50 deep") {
  const auto nested = [](int depth) {
    std::string text;
    for (int i = 0; i < depth; ++i)
      text += "{{#a}}";
    for (int i = 0; i < depth; ++i)
      text += "{{/a}}";
    return p("б" + text);
  };
  CHECK(faults_of(nested(50)) == "");
  CHECK(faults_of(nested(51)) ==
        "section-nesting (абзац 1): Раздел «{{#a}}» вложен глубже 50 уровней. Упростите шаблон.\n");
}

TEST_CASE("faults in other parts name the part") {
  const Template compiled = Template::compile(
      word_file(p(""), {{"word/header1.xml", "header", p("")},
                        {"word/header2.xml", "header", p("{{}}")},
                        {"word/footnotes.xml", "footnotes", "<w:footnote w:id=\"3\">" + p("{{}}") + "</w:footnote>"}}),
      "шаблон.docx");
  REQUIRE(compiled.diagnostics().size() == 2);
  CHECK(to_text(compiled.diagnostics()[0].where) == "шаблон.docx (верхний колонтитул 2, абзац 1)");
  CHECK(compiled.diagnostics()[1].where.place == "сноски, номер 3, абзац 1");
}

TEST_CASE("a faulty template is not filled") {
  const documents::Filled filled = fill(Template::compile(word_file(p("{{}}")), "шаблон.docx"), Value(Map{}));
  CHECK(filled.bytes.empty());
  CHECK(filled.diagnostics.size() == 1);
}

TEST_CASE("an unknown name is an error with its place, told once for all turns") {
  CHECK(data_faults_of(table(row({"{{#items}}{{nmae}}", "{{/items}}"})) + p("{{dat | словесно}}"),
                       R"({"date":"2022-12-09","items":[{"name":1},{"name":2}]})") ==
        "unknown-name (таблица 1, строка 1, графа 1, повтор 1): Тег «{{nmae}}»: Имени «nmae» нет в данных. Может быть, "
        "«name»?\n"
        "unknown-name (абзац 1): Тег «{{dat | словесно}}»: Имени «dat» нет в данных. Может быть, «date»?\n");
  CHECK(data_faults_of(p("{{x}}"), R"({"$optional":["x"]})") == "");
}

TEST_CASE("a value that does not fit is told with its turn") {
  CHECK(data_faults_of(p("{{#items}}{{.}}{{/items}}"), R"({"items":["а",["б"]]})") ==
        "not-a-text (абзац 1, повтор 2): Тег «{{.}}»: Значение – список, его нельзя напечатать одним тегом. Поставьте "
        "повтор: "
        "{{#имя}}{{.}}{{/имя}}.\n");
}

TEST_CASE("a doubt of a formatter does not refuse") {
  CHECK(data_faults_of(p("{{post | дательный}}"), R"({"post":"бармаглот"})") ==
        "post-uncertain (абзац 1): Тег «{{post | дательный}}»: Неизвестно, как склонять должность «бармаглот». "
        "Напечатано "
        "«бармаглот»: проверьте и поправьте в документе.\n");
}

TEST_CASE("data is checked without making the document") {
  const Template compiled = Template::compile(word_file(p("{{x}}{{y}}")), "шаблон.docx");
  CHECK(documents::check_data(compiled, parse_json(R"({"x":1,"y":2})")).empty());
  CHECK(documents::check_data(compiled, parse_json(R"({"x":1})")).size() == 1);
}

TEST_CASE("a template that would turn for ever is refused") {
  std::string items = "[0";
  for (int i = 0; i < 999; ++i)
    items += ",0";
  std::string text;
  for (int i = 0; i < 10; ++i)
    text = "{{#a}}" + text + "{{/a}}";
  CHECK_THROWS_WITH_AS(
      fill(Template::compile(word_file(p("б" + text)), "шаблон.docx"), parse_json("{\"a\":" + items + "]}")),
      "В шаблоне «шаблон.docx» больше 20000000 повторов. Проверьте, не вложены ли списки сами в себя, или "
      "уменьшите данные.",
      Error);
}

TEST_CASE("a paragraph has up to 1,000 tags, a part up to 500 faults") {
  std::string text;
  for (int i = 0; i < 1000; ++i)
    text += "{{a}}";
  CHECK(faults_of(p(text)) == "");
  CHECK(faults_of(p(text + "{{a}}")) ==
        "too-many-tags (абзац 1): В одном абзаце больше 1000 тегов. Разделите его на несколько абзацев.\n");
  std::string body;
  for (int i = 0; i < 600; ++i)
    body += p("{{}}");
  CHECK(Template::compile(word_file(body), "шаблон.docx").diagnostics().size() == 500);
}

TEST_CASE("a document that grows beyond all reason is refused") {
  std::string items = "[0";
  for (int i = 0; i < 999; ++i)
    items += ",0";
  items += "]";
  const Template compiled = Template::compile(
      word_file(p("{{#a}}{{#a}}{{#a}}" + std::string(1000, 'x') + "{{/a}}{{/a}}{{/a}}")), "шаблон.docx");
  CHECK_THROWS_WITH_AS(
      fill(compiled, parse_json("{\"a\":" + items + "}")),
      "Документ по шаблону «шаблон.docx» получается больше 512 МБ. Уменьшите данные или разделите их на "
      "несколько документов.",
      Error);
}
