#include <doctest/doctest.h>

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/file.h"
#include "base/text.h"

namespace fs = std::filesystem;
using namespace vekha;

namespace {

const fs::path engine = fs::path(VEKHA_SOURCE_DIR) / "engine";

// What a room may include besides itself and `base`, and the third-party headers its .cpp files are built on.
struct Room {
  std::set<std::string> rooms;
  std::vector<std::string> libraries;
};

const std::map<std::string, Room> rooms = {
    {"base", {{}, {"nlohmann/", "unicode/", "Poco/Crypto/", "boost/multiprecision/"}}},
    {"xml", {{}, {"pugixml.hpp"}}},
    {"roadmap", {{}, {}}},
    {"office", {{}, {}}},
    {"russian", {{"roadmap"}, {}}},
    {"opc", {{"xml"}, {"libdeflate.h"}}},
    {"templating", {{"russian"}, {"kainjow/"}}},
    {"documents", {{"roadmap", "russian", "xml", "opc", "templating"}, {"xlsxwriter.h", "qrcodegen/"}}},
    {"convert", {{}, {}}},
    {"ingest", {{"roadmap", "russian", "xml", "opc", "convert"}, {"gumbo.h"}}},
    {"feel", {{}, {}}},
    {"workflow", {{"xml", "feel"}, {}}},
    {"store", {{"roadmap", "office", "workflow"}, {"Poco/Data/", "Poco/"}}},
    {"service",
     {{"xml", "convert", "roadmap", "office", "russian", "opc", "templating", "documents", "ingest", "feel", "workflow",
       "store"},
      {}}},
    {"cli", {{"service"}, {"CLI/"}}},
};

// C, C++ and POSIX headers have no folder, or sys/; fmt may stand anywhere.
bool is_system(const std::string& header) {
  return header.starts_with("fmt/") || header.starts_with("sys/") ||
         (header.find('/') == std::string::npos && (header.find('.') == std::string::npos || header == "fcntl.h" ||
                                                    header == "unistd.h" || header == "signal.h"));
}

struct Include {
  std::string file;
  std::string header;
  bool quoted;
};

std::vector<Include> includes_of(const fs::path& folder) {
  std::vector<Include> all;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const auto extension = entry.path().extension();
    if (extension != ".h" && extension != ".cpp") continue;
    const std::string source = read_file(entry.path());
    for (const std::string_view line : split_lines(source)) {
      if (!line.starts_with("#include ")) continue;
      const char open = line[9], close = open == '<' ? '>' : '"';
      const size_t end = line.find(close, 10);
      all.push_back({fs::relative(entry.path(), engine).string(), std::string(line.substr(10, end - 10)), open == '"'});
    }
  }
  return all;
}

// Empty when `include` is allowed in `room`, else what is wrong with it.
std::string fault(const std::string& name, const Room& room, const Include& include) {
  if (include.quoted) {
    const std::string other = include.header.substr(0, include.header.find('/'));
    if (other == name || other == "base" || room.rooms.count(other)) return {};
    return include.file + " includes " + include.header + ", a room it may not enter";
  }
  if (is_system(include.header)) return {};
  for (const std::string& library : room.libraries)
    if (include.header.starts_with(library))
      return include.file.ends_with(".cpp") ? "" : include.file + " lets " + include.header + " into a header";
  return include.file + " includes " + include.header + ", which is not what this room is built on";
}

}  // namespace

TEST_CASE("a room includes only what the design lists for it") {
  for (const auto& entry : fs::directory_iterator(engine)) {
    if (!entry.is_directory()) continue;
    const std::string name = entry.path().filename().string();
    INFO("room " << name);
    REQUIRE(rooms.count(name) == 1);
    for (const Include& include : includes_of(entry.path()))
      CHECK(fault(name, rooms.at(name), include) == "");
  }
}

TEST_CASE("the check sees a forbidden room, a leaked header and a foreign library") {
  const Room& feel = rooms.at("feel");
  CHECK(fault("feel", feel, {"feel/parser.cpp", "workflow/state.h", true}) ==
        "feel/parser.cpp includes workflow/state.h, a room it may not enter");
  CHECK(fault("xml", rooms.at("xml"), {"xml/xml.h", "pugixml.hpp", false}) ==
        "xml/xml.h lets pugixml.hpp into a header");
  CHECK(fault("feel", feel, {"feel/parser.cpp", "pugixml.hpp", false}) ==
        "feel/parser.cpp includes pugixml.hpp, which is not what this room is built on");
  CHECK(fault("feel", feel, {"feel/parser.cpp", "base/value.h", true}) == "");
}
