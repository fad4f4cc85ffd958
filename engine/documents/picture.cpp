#include "documents/picture.h"

#include <fmt/format.h>
#include <qrcodegen/qrcodegen.h>

#include <array>
#include <optional>

#include "base/text.h"
#include "opc/packing.h"

namespace vekha::documents {
namespace {

constexpr size_t max_bytes = 20u << 20;
constexpr int64_t max_side = 20'000;
constexpr int64_t max_dots = 100'000'000;

std::optional<std::string> from_base64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3);
  uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    int value = 0;
    if (c >= 'A' && c <= 'Z')
      value = c - 'A';
    else if (c >= 'a' && c <= 'z')
      value = c - 'a' + 26;
    else if (c >= '0' && c <= '9')
      value = c - '0' + 52;
    else if (c == '+' || c == '-')
      value = 62;
    else if (c == '/' || c == '_')
      value = 63;
    else if (c == '=' || c == '\n' || c == '\r' || c == ' ')
      continue;
    else
      return std::nullopt;
    bits = (bits << 6) | static_cast<uint32_t>(value);
    if (++count % 4 == 0) {
      out += static_cast<char>(bits >> 16);
      out += static_cast<char>(bits >> 8);
      out += static_cast<char>(bits);
    }
  }
  if (count % 4 == 2) out += static_cast<char>(bits >> 4);
  if (count % 4 == 3) {
    out += static_cast<char>(bits >> 10);
    out += static_cast<char>(bits >> 2);
  }
  return out;
}

uint32_t byte_at(std::string_view bytes, size_t at) { return static_cast<unsigned char>(bytes[at]); }
uint32_t big32(std::string_view bytes, size_t at) {
  return byte_at(bytes, at) << 24 | byte_at(bytes, at + 1) << 16 | byte_at(bytes, at + 2) << 8 | byte_at(bytes, at + 3);
}
uint32_t big16(std::string_view bytes, size_t at) { return byte_at(bytes, at) << 8 | byte_at(bytes, at + 1); }
uint32_t little16(std::string_view bytes, size_t at) { return byte_at(bytes, at) | byte_at(bytes, at + 1) << 8; }
int32_t little32(std::string_view bytes, size_t at) {
  return static_cast<int32_t>(little16(bytes, at) | little16(bytes, at + 2) << 16);
}

void measure_jpeg(std::string_view bytes, Picture& picture) {
  for (size_t at = 2; at + 9 < bytes.size();) {
    if (byte_at(bytes, at) != 0xFF) return;
    const uint32_t marker = byte_at(bytes, at + 1);
    if (marker == 0xFF) {
      ++at;
      continue;
    }
    if (marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC) {
      picture.height = big16(bytes, at + 5);
      picture.width = big16(bytes, at + 7);
      return;
    }
    at += 2 + big16(bytes, at + 2);
  }
}

// Finds the kind of the picture by its first bytes, and its size.
void measure(Picture& picture) {
  const std::string_view bytes = picture.bytes;
  using namespace std::string_view_literals;
  if (bytes.starts_with("\x89PNG\r\n\x1A\n"sv) && bytes.size() > 24) {
    picture.extension = "png";
    picture.width = big32(bytes, 16);
    picture.height = big32(bytes, 20);
  } else if (bytes.starts_with("\xFF\xD8\xFF"sv)) {
    picture.extension = "jpeg";
    measure_jpeg(bytes, picture);
  } else if (bytes.starts_with("GIF8"sv) && bytes.size() > 10) {
    picture.extension = "gif";
    picture.width = little16(bytes, 6);
    picture.height = little16(bytes, 8);
  } else if (bytes.starts_with("BM"sv) && bytes.size() > 26) {
    picture.extension = "bmp";
    picture.width = little32(bytes, 18);
    picture.height = std::abs(static_cast<int64_t>(little32(bytes, 22)));
  }
}

void append_chunk(std::string& png, const char* name, const std::string& content) {
  const auto number = [&](uint32_t value) {
    for (int shift = 24; shift >= 0; shift -= 8)
      png += static_cast<char>(value >> shift);
  };
  number(static_cast<uint32_t>(content.size()));
  const size_t begin = png.size();
  png += name;
  png += content;
  number(opc::crc32(std::string_view(png).substr(begin)));
}

PictureReading fault(std::string what, std::string hint) { return {{}, std::move(what), std::move(hint)}; }

}  // namespace

std::string qr_png(std::string_view text) {
  constexpr int border = 4;
  constexpr int dots = 8;  // a module of the code
  std::array<uint8_t, qrcodegen_BUFFER_LEN_MAX> code{};
  std::array<uint8_t, qrcodegen_BUFFER_LEN_MAX> work{};
  if (!qrcodegen_encodeText(std::string(text).c_str(), work.data(), code.data(), qrcodegen_Ecc_MEDIUM, 1, 40,
                            qrcodegen_Mask_AUTO, true))
    return {};
  const int modules = qrcodegen_getSize(code.data()) + 2 * border;
  const int side = modules * dots;
  std::string lines;
  for (int y = 0; y < side; ++y) {
    lines += '\0';                     // no filter
    for (int x = 0; x < modules; ++x)  // eight dots, one byte
      lines += qrcodegen_getModule(code.data(), x - border, y / dots - border) ? '\x00' : '\xFF';
  }
  std::string header;
  for (int i = 0; i < 2; ++i)
    for (int shift = 24; shift >= 0; shift -= 8)
      header += static_cast<char>(side >> shift);
  header += std::string("\x01\x00\x00\x00\x00", 5);  // one bit a dot, grey
  std::string png = "\x89PNG\r\n\x1A\n";
  append_chunk(png, "IHDR", header);
  append_chunk(png, "IDAT", opc::zlib_packed(lines));
  append_chunk(png, "IEND", {});
  return png;
}

PictureReading read_picture(const Value& value) {
  PictureReading reading;
  Picture& picture = reading.picture;
  picture.description = value.at("description").text();
  if (const Value& code = value.at("$qr"); code.is<std::string>()) {
    picture.bytes = qr_png(code.text());
    if (picture.bytes.empty())
      return fault("Текст слишком длинный для QR-кода.", "Сократите его: помещается около 1000 русских букв.");
    if (picture.description.empty()) picture.description = code.text();
    measure(picture);
    return reading;
  }
  const std::string& text = value.is<Map>() ? value.at("image").text() : value.text();
  std::string_view body = text;
  if (body.starts_with("data:")) {
    const size_t comma = body.find(',');
    body = comma == std::string_view::npos ? std::string_view() : body.substr(comma + 1);
  }
  if (body.size() / 4 * 3 > max_bytes)
    return fault(fmt::format("Рисунок больше {} МБ.", max_bytes >> 20),
                 "Уменьшите его в любой программе для фотографий.");
  std::optional<std::string> bytes = from_base64(body);
  if (bytes) picture.bytes = std::move(*bytes);
  measure(picture);
  if (picture.width <= 0 || picture.height <= 0)
    return fault("Значение – не рисунок.",
                 "Рисунок (PNG, JPEG, GIF или BMP) передаётся в данных текстом base64, например "
                 "«data:image/png;base64,iVBORw0…».");
  if (picture.width > max_side || picture.height > max_side || picture.width * picture.height > max_dots)
    return fault(fmt::format("Рисунок слишком велик: {} на {} точек.", picture.width, picture.height),
                 "Уменьшите его в любой программе для фотографий.");
  return reading;
}

}  // namespace vekha::documents
