// The names and posts of the example offices: every one must decline without a doubt.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <vector>

#include "base/file.h"
#include "base/json.h"
#include "russian/names.h"
#include "russian/posts.h"

using namespace vekha;
using namespace vekha::russian;

TEST_CASE("names and posts of every example office decline surely") {
  std::vector<std::filesystem::path> files;
  for (const auto& folder : std::filesystem::directory_iterator(VEKHA_SOURCE_DIR "/examples"))
    if (std::filesystem::exists(folder.path() / "office.json")) files.push_back(folder.path() / "office.json");
  std::sort(files.begin(), files.end());
  REQUIRE(!files.empty());
  for (const auto& file : files) {
    const Value office = parse_json(read_file(file), file.string());
    for (const Value& person : office.at("people").list()) {
      const std::string& name = person.at("name").text();
      CAPTURE(name);
      const auto parsed = parse_name(name);
      REQUIRE(parsed);
      CHECK(gender_of(*parsed) == (person.at("gender").text() == "female" ? Gender::female : Gender::male));
      CHECK(decline(*parsed, Case::dative).certain);
      const std::string& post = person.at("post").text();
      CAPTURE(post);
      const Declined declined = decline_post(post, Case::genitive);
      CHECK(declined.certain);
      CHECK(declined.text != post);
    }
  }
}
