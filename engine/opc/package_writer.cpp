#include <libdeflate.h>

#include <new>

#include "base/error.h"
#include "opc/package.h"
#include "opc/zip_format.h"

namespace vekha::opc {
namespace {

constexpr uint16_t version_needed = 20;

int level_of(Compression compression) {
  switch (compression) {
    case Compression::fast: return 1;
    case Compression::normal: return 5;
    case Compression::small: return 9;
  }
  return 5;
}

bool is_ascii(std::string_view text) {
  for (const char c : text)
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  return true;
}

}  // namespace

struct PackageWriter::Entry {
  std::string name;
  uint16_t method;
  uint32_t crc;
  uint64_t packed_size;
  uint64_t size;
  size_t header;

  // What local and central header share, from «version needed» to «extra length».
  void write_common(std::string& out) const {
    write16(out, version_needed);
    write16(out, is_ascii(name) ? 0 : flag_utf8);
    write16(out, method);
    write16(out, fixed_time);
    write16(out, fixed_date);
    write32(out, crc);
    write32(out, static_cast<uint32_t>(packed_size));
    write32(out, static_cast<uint32_t>(size));
    write16(out, static_cast<uint32_t>(name.size()));
    write16(out, 0);
  }
};

struct PackageWriter::Compressor {
  libdeflate_compressor* handle;
  explicit Compressor(int level) : handle(libdeflate_alloc_compressor(level)) {
    if (!handle) throw std::bad_alloc();
  }
  ~Compressor() { libdeflate_free_compressor(handle); }
  Compressor(const Compressor&) = delete;
  Compressor& operator=(const Compressor&) = delete;
};

PackageWriter::PackageWriter(Compression compression)
    : compressor_(std::make_unique<Compressor>(level_of(compression))) {}
PackageWriter::~PackageWriter() = default;

void PackageWriter::begin(const Entry& entry) {
  if (entry.size >= 0xFFFFFFFF || bytes_.size() >= 0xFFFFFFFF || entries_.size() >= 0xFFFF)
    throw Error(ErrorCode::refused, "Документ получился больше 4 ГБ: такие файлы Word и Excel не откроют.");
  write32(bytes_, local_header_sign);
  entry.write_common(bytes_);
  bytes_ += entry.name;
}

void PackageWriter::add(std::string_view name, std::string_view content) {
  std::string packed(libdeflate_deflate_compress_bound(compressor_->handle, content.size()), '\0');
  packed.resize(
      libdeflate_deflate_compress(compressor_->handle, content.data(), content.size(), packed.data(), packed.size()));
  Entry entry{std::string(name), method_deflated, libdeflate_crc32(0, content.data(), content.size()),
              packed.size(),     content.size(),  bytes_.size()};
  const bool smaller = packed.size() < content.size();
  if (!smaller) {
    entry.method = method_stored;
    entry.packed_size = content.size();
  }
  begin(entry);
  bytes_ += smaller ? std::string_view(packed) : content;
  entries_.push_back(std::move(entry));
}

void PackageWriter::add_packed(std::string_view name, const Packed& packed) {
  Entry entry{std::string(name), method_deflated, packed.crc, packed.bytes.size(), packed.size, bytes_.size()};
  begin(entry);
  bytes_ += packed.bytes;
  entries_.push_back(std::move(entry));
}

void PackageWriter::copy(const Package& package, const Part& part) {
  Entry entry{part.name, part.method, part.crc, part.packed_size, part.size, bytes_.size()};
  begin(entry);
  bytes_ += package.packed(part);
  entries_.push_back(std::move(entry));
}

std::string PackageWriter::finish() {
  const size_t directory = bytes_.size();
  for (const Entry& entry : entries_) {
    write32(bytes_, central_header_sign);
    write16(bytes_, version_needed);  // made by: MS-DOS, which has no file rights to tell
    entry.write_common(bytes_);
    write16(bytes_, 0);  // comment
    write16(bytes_, 0);  // disk
    write16(bytes_, 0);  // internal attributes
    write32(bytes_, 0);  // external attributes
    write32(bytes_, static_cast<uint32_t>(entry.header));
    bytes_ += entry.name;
  }
  const size_t size = bytes_.size() - directory;
  if (bytes_.size() >= 0xFFFFFFFF)
    throw Error(ErrorCode::refused, "Документ получился больше 4 ГБ: такие файлы Word и Excel не откроют.");
  write32(bytes_, end_sign);
  write16(bytes_, 0);
  write16(bytes_, 0);
  write16(bytes_, static_cast<uint32_t>(entries_.size()));
  write16(bytes_, static_cast<uint32_t>(entries_.size()));
  write32(bytes_, static_cast<uint32_t>(size));
  write32(bytes_, static_cast<uint32_t>(directory));
  write16(bytes_, 0);
  return std::move(bytes_);
}

}  // namespace vekha::opc
