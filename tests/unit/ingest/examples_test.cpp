// The example roadmaps against what a careful reader wrote down beside them.
#include <doctest/doctest.h>

#include <filesystem>

#include "base/file.h"
#include "base/json.h"
#include "reading.h"

using namespace vekha;
using namespace vekha::ingest;

namespace {

// Every member of `expected` must be in `read`; null stands for an empty text.
void compare(const Value& expected, const Value& read, const std::string& path) {
  CAPTURE(path);
  if (const Map* map = expected.get_if<Map>()) {
    for (const auto& [key, value] : *map)
      compare(value, key == "deadline_text" ? read.at("deadline").at("text") : read.at(key), path + "." + key);
  } else if (const List* list = expected.get_if<List>()) {
    REQUIRE(read.list().size() == list->size());
    for (size_t i = 0; i < list->size(); ++i)
      compare((*list)[i], read.list()[i], path + "[" + std::to_string(i) + "]");
  } else if (expected.is_null()) {
    CHECK((read.is_null() || (read.is<std::string>() && read.text().empty())));
  } else {
    CHECK(read == expected);
  }
}

}  // namespace

TEST_CASE("every example is read as written down beside it, and every item has parties") {
  int seen = 0;
  for (const auto& entry : std::filesystem::directory_iterator(VEKHA_SOURCE_DIR "/examples")) {
    if (!std::filesystem::exists(entry.path() / "expected.json")) continue;
    ++seen;
    const ReadResult result = read_roadmap(entry.path() / "roadmap.txt");
    const Value expected = parse_json(read_file(entry.path() / "expected.json"));
    compare(expected, to_value(result.roadmap), entry.path().filename().string());
    for (const roadmap::Section& section : result.roadmap.sections)
      for (const roadmap::Item& item : section.items) {
        CHECK_FALSE(item.responsible.empty());
        const bool understood = item.deadline.kind != roadmap::ScheduleKind::unknown || item.deadline.text.empty();
        CHECK_MESSAGE(understood, item.deadline.text);
      }
    CHECK_FALSE(has_errors(result.diagnostics));
    // The JSON that `read` prints is the roadmap again.
    const std::string json = to_json(to_value(result.roadmap));
    CHECK(to_json(to_value(roadmap::roadmap_from_value(parse_json(json)))) == json);
  }
  CHECK(seen == 5);
}
