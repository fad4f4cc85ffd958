#include <doctest/doctest.h>

#include <filesystem>

#include "base/file.h"
#include "message_of.h"

using namespace vekha;
namespace fs = std::filesystem;

TEST_CASE("a file is written whole and read back") {
  const fs::path folder = fs::temp_directory_path() / "vekha-file-test";
  fs::remove_all(folder);
  write_file(folder / "new" / "Приказ 18.txt", "текст");
  CHECK(read_file(folder / "new" / "Приказ 18.txt") == "текст");
  CHECK(std::distance(fs::directory_iterator(folder / "new"), fs::directory_iterator()) == 1);
  fs::remove_all(folder);
}

TEST_CASE("a missing, oversized or wrong file gives one clear sentence") {
  CHECK(message_of([] { read_file("/nonexistent/план.docx"); }) ==
        "Файла «/nonexistent/план.docx» нет. Проверьте имя и папку.");
  CHECK(message_of([] { read_file("/tmp"); }) == "«/tmp» – это папка, а нужен файл.");
  CHECK(message_of([] { read_file("/proc/self/exe", 10); }) ==
        "Файл «/proc/self/exe» больше 0 МБ: такие файлы не читаются. Проверьте, тот ли это файл.");
  CHECK(message_of([] { write_file("/dev/full/x", "1"); }) ==
        "Не удалось создать папку «/dev/full»: часть пути не папка.");
}
