#include "opc/deflater.h"

#include <doctest/doctest.h>

#include <random>

#include "opc/package.h"

using namespace vekha;
using opc::Deflater;

namespace {

// What a reader unpacks; a wrong size or checksum is refused there.
std::string unpacked(const opc::Packed& packed) {
  opc::PackageWriter writer;
  writer.add_packed("a.xml", packed);
  const opc::Package package = opc::Package::read(writer.finish(), "а", {10'000, 1u << 30, 1u << 30, 100'000});
  return package.content(package.parts()[0]);
}

}  // namespace

TEST_CASE("known stretches and data between them come out as they went in") {
  const std::string text = "<row><cell>«</cell><cell>»</cell></row>";
  const opc::KnownText known(text, {{0, 13}, {13, 15}, {28, 13}});
  Deflater deflater(known);
  std::string expected;
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes;
    std::vector<Deflater::Span> spans;
    for (const auto& [from, size] : {std::pair<uint32_t, uint32_t>{0, 13}, {13, 15}, {28, 13}}) {
      spans.push_back({bytes.size(), from, size});
      bytes += text.substr(from, size);
      bytes += std::to_string(i * from);
    }
    deflater.add(bytes, spans);
    expected += bytes;
  }
  const opc::Packed packed = deflater.finish();
  CHECK(packed.size == expected.size());
  CHECK(packed.bytes.size() < expected.size() / 5);
  CHECK(unpacked(packed) == expected);
}

TEST_CASE("whatever the text and the order of its stretches, it comes out as it went in") {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    std::vector<opc::KnownStretch> stretches;
    const int letters = 2 + static_cast<int>(random() % 60);
    for (int i = 0, count = 1 + static_cast<int>(random() % 12); i < count; ++i) {
      const auto from = static_cast<uint32_t>(text.size());
      for (int k = 0, size = 1 + static_cast<int>(random() % (round % 10 == 0 ? 9000 : 200)); k < size; ++k)
        text += static_cast<char>('a' + random() % letters);
      stretches.push_back({from, static_cast<uint32_t>(text.size()) - from});
    }
    const opc::KnownText known(text, stretches);
    Deflater deflater(known);
    std::string expected;
    for (int chunk = 0; chunk < 20; ++chunk) {
      std::string bytes;
      std::vector<Deflater::Span> spans;
      for (int i = 0; i < 10; ++i) {
        if (random() % 3 == 0)
          for (int k = 0, size = static_cast<int>(random() % 400); k < size; ++k)
            bytes += static_cast<char>(random() % (round % 2 == 0 ? 256 : 4));
        const opc::KnownStretch& one = stretches[random() % stretches.size()];
        // Now and then only the beginning of it: what followed was taken back.
        const uint32_t size = random() % 8 == 0 ? 1 + random() % one.size : one.size;
        spans.push_back({bytes.size(), one.from, size});
        bytes += text.substr(one.from, size);
      }
      deflater.add(bytes, spans);
      expected += bytes;
    }
    REQUIRE(unpacked(deflater.finish()) == expected);
  }
}

TEST_CASE("nothing, one byte and one byte many times are packed too") {
  const opc::KnownText known;
  for (const std::string& text : {std::string(), std::string("a"), std::string(100'000, 'a')}) {
    Deflater deflater(known);
    deflater.add(text, {});
    CHECK(unpacked(deflater.finish()) == text);
  }
}
