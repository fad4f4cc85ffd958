#include "convert/process.h"

#include <doctest/doctest.h>

#include "base/error.h"
#include "base/file.h"
#include "convert/office.h"
#include "convert/pdf.h"
#include "message_of.h"

using namespace vekha;
using namespace vekha::convert;

namespace {

Outcome shell(const TemporaryFolder& folder, const std::string& script, std::chrono::seconds time) {
  Command command;
  command.program = "/bin/sh";
  command.arguments = {"-c", script};
  command.folder = folder.path();
  command.time = time;
  return run(command);
}

}  // namespace

TEST_CASE("a program runs in its folder, and its status and last words come back") {
  const TemporaryFolder folder;
  const Outcome outcome = shell(folder, "echo there > found.txt; echo complaint >&2; exit 3", std::chrono::seconds(10));
  CHECK(outcome.end == End::finished);
  CHECK(outcome.status == 3);
  CHECK(outcome.complaint == "complaint");
  CHECK(read_file(folder.path() / "found.txt") == "there\n");
}

TEST_CASE("a program that is not done in time is killed with what it has started") {
  const TemporaryFolder folder;
  const Outcome outcome = shell(folder, "(sleep 3; touch late.txt) & sleep 60", std::chrono::seconds(1));
  CHECK(outcome.end == End::timed_out);
  CHECK(shell(folder, "sleep 3; test -e late.txt", std::chrono::seconds(10)).status == 1);
}

TEST_CASE("a temporary folder is gone when its owner is") {
  std::filesystem::path path;
  {
    const TemporaryFolder folder;
    path = folder.path();
    write_file(path / "file.txt", "x");
  }
  CHECK_FALSE(std::filesystem::exists(path));
}

TEST_CASE("a program that is not installed is not found") {
  CHECK(find_program("sh").has_value());
  CHECK_FALSE(find_program("no-such-program").has_value());
}

TEST_CASE("a damaged PDF is refused") {
  if (!find_program("pdftotext")) {
    MESSAGE("skipped: pdftotext is not installed");
    return;
  }
  CHECK(message_of([] { text_of_pdf("%PDF-1.7\nnothing", "план.pdf"); }) ==
        "Документ PDF «план.pdf» повреждён, прочитать его нельзя. Получите файл ещё раз.");
}
