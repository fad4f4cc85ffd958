#include "opc/package.h"

#include <fmt/format.h>
#include <libdeflate.h>

#include <algorithm>

#include "base/error.h"
#include "base/text.h"
#include "opc/zip_format.h"

namespace vekha::opc {
namespace {

constexpr uint64_t ratio_free_size = 4u << 20;

[[noreturn]] void refuse(const std::string& file, const std::string& cause, const std::string& what_to_do) {
  throw Error(ErrorCode::unreadable, fmt::format("Файл «{}» не читается: {}. {}", file, cause, what_to_do), file);
}

const char* const get_again =
    "Возьмите файл заново у того, кто его прислал, или сохраните его ещё раз в Word или Excel.";
const char* const save_plainly = "Откройте файл в Word или Excel и сохраните его без пароля как обычный документ.";
const char* const mistrust = "Так устроены файлы, которые должны навредить: не открывайте его.";

std::string ascii_lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return lower;
}

// OPC names are relative and have no empty, «.» or «..» segment; a backslash is what old Windows programs write.
bool stays_inside(std::string_view name) {
  if (name.empty() || name.front() == '/' || name.find('\0') != std::string_view::npos) return false;
  if (name.find('\\') != std::string_view::npos || name.find(':') != std::string_view::npos) return false;
  for (const std::string_view segment : split(name, '/'))
    if (segment.empty() || segment == "." || segment == "..") return false;
  return true;
}

// The end record stands last, behind it only a comment of up to 64 KB.
size_t find_end(std::string_view bytes) {
  if (bytes.size() < end_size) return std::string_view::npos;
  const size_t last = bytes.size() - end_size;
  const size_t first = last > 0xFFFF ? last - 0xFFFF : 0;
  for (size_t at = last + 1; at-- > first;)
    if (read32(bytes, at) == end_sign && at + end_size + read16(bytes, at + 20) == bytes.size()) return at;
  return std::string_view::npos;
}

// Where the packed bytes of a part begin: behind its own header, which must tell the same as the directory.
size_t packed_offset(std::string_view bytes, size_t header, std::string_view name, uint64_t packed_size, size_t end,
                     const std::string& file) {
  const auto cut_off = [&] { refuse(file, fmt::format("часть «{}» обрывается", name), get_again); };
  if (header + local_header_size > end || read32(bytes, header) != local_header_sign) cut_off();
  const size_t name_size = read16(bytes, header + 26);
  const size_t offset = header + local_header_size + name_size + read16(bytes, header + 28);
  if (offset > end || packed_size > end - offset) cut_off();
  if (bytes.substr(header + local_header_size, name_size) != name)
    refuse(file, fmt::format("часть «{}» внутри названа иначе, чем в оглавлении", name), mistrust);
  return offset;
}

}  // namespace

Package Package::read(std::string bytes, const std::string& file, const Limits& limits) {
  Package package;
  package.file_ = file;
  package.bytes_ = std::move(bytes);
  const std::string_view all = package.bytes_;
  if (all.starts_with("\xD0\xCF\x11\xE0"))
    refuse(file, "это старый формат Word или Excel (.doc, .xls) либо документ под паролем",
           "Откройте файл в Word или Excel и сохраните его без пароля как .docx или .xlsx.");
  if (!all.starts_with("PK"))
    refuse(file, "это не документ Word или Excel (.docx, .xlsx)", "Проверьте, тот ли это файл.");
  const size_t end = find_end(all);
  if (end == std::string_view::npos) refuse(file, "конец файла потерян", get_again);
  if (end >= zip64_locator_size && read32(all, end - zip64_locator_size) == zip64_end_locator_sign)
    refuse(file, "он записан в формате ZIP64, какого у документов не бывает", save_plainly);
  const size_t count = read16(all, end + 10);
  const size_t directory_size = read32(all, end + 12);
  const size_t directory = read32(all, end + 16);
  if (read16(all, end + 4) != 0 || read16(all, end + 6) != 0 || read16(all, end + 8) != count)
    refuse(file, "это архив из нескольких томов", save_plainly);
  if (directory > end || directory_size != end - directory) refuse(file, "оглавление файла испорчено", get_again);
  if (count > limits.parts) refuse(file, fmt::format("в нём больше {} частей", limits.parts), mistrust);

  package.parts_.reserve(count);
  std::vector<std::pair<size_t, size_t>> spans;  // packed bytes, to see overlaps
  uint64_t total = 0;
  size_t at = directory;
  for (size_t i = 0; i < count; ++i) {
    if (at + central_header_size > end || read32(all, at) != central_header_sign)
      refuse(file, "оглавление файла испорчено", get_again);
    const uint16_t flags = read16(all, at + 8);
    Part part;
    part.method = read16(all, at + 10);
    part.crc = read32(all, at + 16);
    part.packed_size = read32(all, at + 20);
    part.size = read32(all, at + 24);
    const size_t name_size = read16(all, at + 28);
    const size_t header = read32(all, at + 42);
    const size_t next = at + central_header_size + name_size + read16(all, at + 30) + read16(all, at + 32);
    if (next > end) refuse(file, "оглавление файла испорчено", get_again);
    part.name = std::string(all.substr(at + central_header_size, name_size));
    at = next;
    if (!part.name.empty() && part.name.back() == '/') {  // a folder holds nothing
      if (!stays_inside(std::string_view(part.name).substr(0, part.name.size() - 1)) || part.size != 0)
        refuse(file, "имя одной из частей ведёт наружу", mistrust);
      continue;
    }
    if (find_invalid_utf8(part.name) != std::string_view::npos || !stays_inside(part.name))
      refuse(file, "имя одной из частей ведёт наружу или записано неверно", mistrust);
    if (flags & (flag_encrypted | flag_strong_encryption))
      refuse(file, fmt::format("часть «{}» зашифрована", part.name), save_plainly);
    if (part.method != method_stored && part.method != method_deflated)
      refuse(file, fmt::format("часть «{}» сжата неизвестным способом", part.name), save_plainly);
    if (part.packed_size == 0xFFFFFFFF || part.size == 0xFFFFFFFF || header == 0xFFFFFFFF)
      refuse(file, "он записан в формате ZIP64, какого у документов не бывает", save_plainly);
    if (part.method == method_stored && part.packed_size != part.size)
      refuse(file, fmt::format("у части «{}» не сходятся размеры", part.name), get_again);
    if (part.size > limits.part_size)
      refuse(file, fmt::format("часть «{}» больше {} МБ", part.name, limits.part_size >> 20), mistrust);
    if (part.size > ratio_free_size && part.size / std::max<uint64_t>(part.packed_size, 1) > limits.ratio)
      refuse(file, fmt::format("часть «{}» сжата больше чем в {} раз", part.name, limits.ratio), mistrust);
    total += part.size;
    if (total > limits.total_size)
      refuse(file, fmt::format("распакованный, он больше {} МБ", limits.total_size >> 20), mistrust);
    part.offset = packed_offset(all, header, part.name, part.packed_size, directory, file);
    spans.emplace_back(header, part.offset + part.packed_size);
    if (!package.by_name_.emplace(ascii_lower(part.name), package.parts_.size()).second)
      refuse(file, fmt::format("часть «{}» встречается дважды", part.name), mistrust);
    package.parts_.push_back(std::move(part));
  }
  if (at != end) refuse(file, "оглавление файла испорчено", get_again);
  std::sort(spans.begin(), spans.end());
  for (size_t i = 1; i < spans.size(); ++i)
    if (spans[i].first < spans[i - 1].second) refuse(file, "его части лежат одна в другой", mistrust);
  return package;
}

const Part* Package::find(std::string_view name) const {
  const auto found = by_name_.find(ascii_lower(name));
  return found == by_name_.end() ? nullptr : &parts_[found->second];
}

std::string Package::content(const Part& part) const {
  const std::string_view source = packed(part);
  std::string out;
  if (part.method == method_stored) {
    out = source;
  } else {
    out.resize(part.size);
    const std::unique_ptr<libdeflate_decompressor, decltype(&libdeflate_free_decompressor)> decompressor(
        libdeflate_alloc_decompressor(), libdeflate_free_decompressor);
    if (!decompressor) throw std::bad_alloc();
    size_t used = 0;
    size_t size = 0;
    const libdeflate_result result = libdeflate_deflate_decompress_ex(decompressor.get(), source.data(), source.size(),
                                                                      out.data(), out.size(), &used, &size);
    if (result != LIBDEFLATE_SUCCESS || used != source.size() || size != part.size)
      refuse(file_, fmt::format("часть «{}» испорчена", part.name), get_again);
  }
  if (libdeflate_crc32(0, out.data(), out.size()) != part.crc)
    refuse(file_, fmt::format("у части «{}» не сходится контрольная сумма", part.name), get_again);
  return out;
}

}  // namespace vekha::opc
