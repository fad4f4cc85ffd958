// Office files are ZIP packages of parts. Reading keeps every part compressed until it is asked for; writing copies
// untouched parts byte for byte, and gives the same bytes for the same parts: fixed time stamps, order kept, no data
// descriptors. Source: PKWARE APPNOTE 6.3; ISO/IEC 29500-2 (Open Packaging Conventions).
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "opc/deflater.h"

namespace vekha::opc {

// What a package may be at most; beyond it a file is refused before memory is spent on it.
struct Limits {
  size_t parts = 10'000;
  uint64_t part_size = 256u << 20;   // unpacked
  uint64_t total_size = 512u << 20;  // unpacked, all parts
  // Unpacked size to packed size, asked of parts above 4 MB only: small files of blanks pack well and harm nobody.
  uint64_t ratio = 300;
};

// A part as it lies in the package.
struct Part {
  std::string name;     // «word/document.xml», no leading slash
  uint16_t method = 0;  // 0 stored, 8 deflated
  uint32_t crc = 0;
  uint64_t packed_size = 0;
  uint64_t size = 0;
  size_t offset = 0;  // of the packed bytes
};

// Threads: a Package never changes after `read`; many threads may use one.
class Package {
 public:
  // Reads the directory of `bytes` and checks it against the bytes. `file` names the place in messages.
  // Errors: unreadable for what is no ZIP, cut off, encrypted, packed by an unknown method, ZIP64, with a part named
  // twice or outside the package, or beyond a limit.
  static Package read(std::string bytes, const std::string& file, const Limits& limits = {});

  // In the order of the directory; folders left out.
  const std::vector<Part>& parts() const { return parts_; }
  // nullptr where there is no such part. Names are equal whatever the case of their ASCII letters.
  const Part* find(std::string_view name) const;
  // The part unpacked, its size and CRC checked. Errors: unreadable.
  std::string content(const Part& part) const;
  // The part as it lies there.
  std::string_view packed(const Part& part) const {
    return std::string_view(bytes_).substr(part.offset, part.packed_size);
  }
  const std::string& file() const { return file_; }

 private:
  std::string file_;
  std::string bytes_;
  std::vector<Part> parts_;
  std::map<std::string, size_t, std::less<>> by_name_;  // lower case
};

enum class Compression { fast, normal, small };

// Writes a package part after part. Threads: one writer, one thread.
class PackageWriter {
 public:
  explicit PackageWriter(Compression compression = Compression::normal);
  ~PackageWriter();

  void add(std::string_view name, std::string_view content);
  // A part that is packed already.
  void add_packed(std::string_view name, const Packed& packed);
  // A part of another package as it lies there, never unpacked.
  void copy(const Package& package, const Part& part);
  // The finished package; the writer is spent.
  // Errors: refused, beyond 4 GB or 65,535 parts (that would need ZIP64).
  std::string finish();

 private:
  struct Entry;
  void begin(const Entry& entry);

  struct Compressor;
  std::unique_ptr<Compressor> compressor_;
  std::string bytes_;
  std::vector<Entry> entries_;
};

}  // namespace vekha::opc
