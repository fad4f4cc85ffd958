#include "opc/package.h"

#include <doctest/doctest.h>

#include <functional>

#include "base/error.h"
#include "opc/zip_format.h"

using namespace vekha;
using opc::Limits;
using opc::Package;
using opc::PackageWriter;

namespace {

std::string two_parts() {
  PackageWriter writer;
  writer.add("a.xml", std::string(1000, 'a'));
  writer.add("папка/b.bin", "b");
  return writer.finish();
}

std::string message_of(const std::string& bytes, const Limits& limits = {}) {
  try {
    const Package package = Package::read(bytes, "файл.docx", limits);
    for (const opc::Part& part : package.parts())
      package.content(part);
  } catch (const Error& error) {
    CHECK(error.code() == ErrorCode::unreadable);
    return error.message();
  }
  return {};
}

std::string changed(const std::function<void(std::string&, size_t directory)>& change) {
  std::string bytes = two_parts();
  change(bytes, opc::read32(bytes, bytes.size() - 6));
  return bytes;
}

void replace_everywhere(std::string& bytes, const std::string& from, const std::string& to) {
  for (size_t at = 0; (at = bytes.find(from, at)) != std::string::npos; at += to.size())
    bytes.replace(at, from.size(), to);
}

const std::string get_again =
    " Возьмите файл заново у того, кто его прислал, или сохраните его ещё раз в Word или Excel.";
const std::string save_plainly = " Откройте файл в Word или Excel и сохраните его без пароля как обычный документ.";
const std::string mistrust = " Так устроены файлы, которые должны навредить: не открывайте его.";

}  // namespace

TEST_CASE("what is written is read back, in order, whatever the case of the name") {
  const Package package = Package::read(two_parts(), "файл.docx");
  REQUIRE(package.parts().size() == 2);
  CHECK(package.parts()[0].name == "a.xml");
  CHECK(package.content(*package.find("A.XML")) == std::string(1000, 'a'));
  CHECK(package.content(*package.find("папка/b.bin")) == "b");
  CHECK(package.find("c.xml") == nullptr);
}

TEST_CASE("the same parts give the same bytes, with the time stamp of 1 January 1980") {
  CHECK(two_parts() == two_parts());
  CHECK(opc::read16(two_parts(), 10) == 0);
  CHECK(opc::read16(two_parts(), 12) == 0x21);
}

TEST_CASE("a copied part keeps its packed bytes") {
  PackageWriter fast(opc::Compression::fast);
  fast.add("a.xml", std::string(100, 'a') + "bc" + std::string(100, 'a'));
  const Package source = Package::read(fast.finish(), "файл.docx");
  PackageWriter writer(opc::Compression::small);
  writer.copy(source, source.parts()[0]);
  const Package copy = Package::read(writer.finish(), "копия.docx");
  CHECK(copy.packed(copy.parts()[0]) == source.packed(source.parts()[0]));
  CHECK(copy.content(copy.parts()[0]) == source.content(source.parts()[0]));
}

TEST_CASE("an empty part and an empty package are possible") {
  PackageWriter writer;
  writer.add("пусто.txt", "");
  const Package package = Package::read(writer.finish(), "файл.docx");
  CHECK(package.content(package.parts()[0]).empty());
  CHECK(Package::read(PackageWriter().finish(), "файл.docx").parts().empty());
}

TEST_CASE("what is no package is refused with a sentence") {
  CHECK(message_of("") ==
        "Файл «файл.docx» не читается: это не документ Word или Excel (.docx, .xlsx). Проверьте, тот ли "
        "это файл.");
  CHECK(message_of("просто текст") == message_of(""));
  CHECK(
      message_of("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") ==
      "Файл «файл.docx» не читается: это старый формат Word или Excel (.doc, .xls) либо документ под паролем. Откройте "
      "файл в Word или Excel и сохраните его без пароля как .docx или .xlsx.");
}

TEST_CASE("a file cut off anywhere is refused") {
  const std::string whole = two_parts();
  for (size_t size = 4; size < whole.size(); ++size)
    CHECK_FALSE(message_of(whole.substr(0, size)).empty());
  CHECK(message_of(whole.substr(0, 100)) == "Файл «файл.docx» не читается: конец файла потерян." + get_again);
}

TEST_CASE("a changed byte is found by size or checksum") {
  CHECK(message_of(changed([](std::string& bytes, size_t directory) { bytes[directory + 16] ^= 1; })) ==
        "Файл «файл.docx» не читается: у части «a.xml» не сходится контрольная сумма." + get_again);
  CHECK(message_of(changed([](std::string& bytes, size_t) { bytes[opc::local_header_size + 5] ^= 7; })) ==
        "Файл «файл.docx» не читается: часть «a.xml» испорчена." + get_again);
  CHECK(message_of(changed([](std::string& bytes, size_t directory) { bytes[directory + 24] ^= 1; })) ==
        "Файл «файл.docx» не читается: часть «a.xml» испорчена." + get_again);
}

TEST_CASE("encryption, ZIP64 and unknown packing are refused by name") {
  CHECK(message_of(changed([](std::string& bytes, size_t directory) { bytes[directory + 8] |= 1; })) ==
        "Файл «файл.docx» не читается: часть «a.xml» зашифрована." + save_plainly);
  CHECK(message_of(changed([](std::string& bytes, size_t directory) { bytes[directory + 10] = 14; })) ==
        "Файл «файл.docx» не читается: часть «a.xml» сжата неизвестным способом." + save_plainly);
  CHECK(
      message_of(changed([](std::string& bytes, size_t directory) { bytes.replace(directory + 24, 4, 4, '\xFF'); })) ==
      "Файл «файл.docx» не читается: он записан в формате ZIP64, какого у документов не бывает." + save_plainly);
}

TEST_CASE("a part may not lie outside of the package") {
  for (const char* name : {"../xml", "/.xml", "a\\xml", "C:xml", ".//xm"}) {
    CAPTURE(name);
    CHECK(message_of(changed([&](std::string& bytes, size_t) {
            replace_everywhere(bytes, "a.xml", std::string(name).append(6, '_').substr(0, 5));
          })) == "Файл «файл.docx» не читается: имя одной из частей ведёт наружу или записано неверно." + mistrust);
  }
}

TEST_CASE("a part named twice is refused") {
  PackageWriter writer;
  writer.add("a.xml", "1");
  writer.add("A.xml", "2");
  CHECK(message_of(writer.finish()) == "Файл «файл.docx» не читается: часть «A.xml» встречается дважды." + mistrust);
}

TEST_CASE("names inside and in the directory must agree") {
  CHECK(message_of(changed([](std::string& bytes, size_t) { bytes[opc::local_header_size] = 'c'; })) ==
        "Файл «файл.docx» не читается: часть «a.xml» внутри названа иначе, чем в оглавлении." + mistrust);
}

TEST_CASE("bombs are refused before they unpack") {
  PackageWriter writer;
  writer.add("a.xml", std::string(8u << 20, ' '));
  const std::string bomb = writer.finish();
  CHECK(bomb.size() < 20'000);
  CHECK(message_of(bomb) == "Файл «файл.docx» не читается: часть «a.xml» сжата больше чем в 300 раз." + mistrust);
  Limits limits;
  limits.ratio = 100'000;
  limits.part_size = 1u << 20;
  CHECK(message_of(bomb, limits) == "Файл «файл.docx» не читается: часть «a.xml» больше 1 МБ." + mistrust);
  limits.part_size = 100u << 20;
  limits.total_size = 2u << 20;
  CHECK(message_of(bomb, limits) == "Файл «файл.docx» не читается: распакованный, он больше 2 МБ." + mistrust);
  limits.parts = 1;
  CHECK(message_of(two_parts(), limits) == "Файл «файл.docx» не читается: в нём больше 1 частей." + mistrust);
}

TEST_CASE("parts that share their bytes are refused") {
  PackageWriter writer;
  writer.add("a.xml", "1");
  writer.add("b.xml", "2");
  std::string bytes = writer.finish();
  const size_t directory = opc::read32(bytes, bytes.size() - 6);
  const size_t second = directory + opc::central_header_size + 5;
  // The second entry gets the place of the first; only the name in the directory differs then.
  for (size_t i = 0; i < 4; ++i)
    bytes[second + 42 + i] = bytes[directory + 42 + i];
  CHECK_FALSE(message_of(bytes).empty());
}
