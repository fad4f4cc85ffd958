// Runs reading.cpp over changed copies of its corpus.
//   reading_changed FOLDER [ROUNDS] [SEED]
// reads every file of the folder ROUNDS times with bytes changed, cut out, doubled or swapped; of packages it is the
// parts inside that are changed. The same SEED gives the same bytes.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "base/file.h"
#include "opc/package.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

using namespace vekha;

namespace {

void read_one(const std::string& bytes) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
}

// Small and the same everywhere, unlike the engines of <random>'s distributions.
class Chance {
 public:
  explicit Chance(uint64_t seed) : state_(seed * 2 + 1) {}
  size_t below(size_t most) {
    state_ = state_ * 6364136223846793005u + 1442695040888963407u;
    return most == 0 ? 0 : static_cast<size_t>((state_ >> 33) % most);
  }

 private:
  uint64_t state_;
};

std::string changed(std::string bytes, Chance& chance) {
  constexpr std::string_view nasty[] = {"\xFF",    "<",           "\"",       "99999999999", "-1",        "\t\t\t\t",
                                        "</w:tr>", "<td>",        "\xD0",     "&lt;",        "0",         "2147483648",
                                        "\n\n",    "w:val=\"0\"", "май 2024", "1.1.1.1.1",   "</text:p>", "31.02.2024"};
  for (size_t times = 1 + chance.below(4); times > 0 && !bytes.empty(); --times) {
    const size_t at = chance.below(bytes.size());
    const size_t length = 1 + chance.below(std::min<size_t>(bytes.size() - at, 200));
    switch (chance.below(6)) {
      case 0: bytes[at] = static_cast<char>(chance.below(256)); break;
      case 1: bytes.erase(at, length); break;
      case 2: bytes.insert(at, bytes.substr(at, length)); break;
      case 3: bytes.insert(at, nasty[chance.below(std::size(nasty))]); break;
      case 4: bytes.insert(chance.below(bytes.size()), bytes.substr(at, length)); break;
      default: bytes.resize(at); break;
    }
  }
  return bytes;
}

// A package with one part changed inside.
std::string changed_package(const opc::Package& package, Chance& chance) {
  opc::PackageWriter writer(opc::Compression::fast);
  const size_t chosen = chance.below(package.parts().size());
  for (size_t i = 0; i < package.parts().size(); ++i) {
    const opc::Part& part = package.parts()[i];
    if (i == chosen || part.name.ends_with("document.xml") || part.name.ends_with("content.xml") ||
        part.name.ends_with("sheet1.xml"))
      writer.add(part.name, changed(package.content(part), chance));
    else
      writer.copy(package, part);
  }
  return writer.finish();
}

int replay(const std::filesystem::path& folder, size_t rounds, uint64_t seed) {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder))
    if (entry.is_regular_file()) files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  Chance chance(seed);
  const auto begun = std::chrono::steady_clock::now();
  for (const auto& file : files) {
    const std::string bytes = read_file(file);
    read_one(bytes);
    const bool package = bytes.starts_with("PK\x03\x04");
    for (size_t i = 0; i < rounds; ++i)
      read_one(package && i % 4 != 0 ? changed_package(opc::Package::read(bytes, file.string()), chance)
                                     : changed(bytes, chance));
  }
  const auto seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  fmt::print("{} files, {} rounds each, {:.1f} s\n", files.size(), rounds, seconds);
  return files.empty() ? 1 : 0;
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) {
    fmt::print(stderr, "reading_changed FOLDER [ROUNDS] [SEED]\n");
    return 2;
  }
  return replay(words[1], count > 2 ? std::strtoull(words[2], nullptr, 10) : 0,
                count > 3 ? std::strtoull(words[3], nullptr, 10) : 1);
}
