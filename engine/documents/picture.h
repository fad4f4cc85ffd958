// Pictures of data: decoded, measured, refused when they are none; QR codes drawn.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/value.h"

namespace vekha::documents {

struct Picture {
  std::string bytes;
  std::string extension;  // «png»
  int64_t width = 0;      // in dots
  int64_t height = 0;
  std::string description;
};

struct PictureReading {
  Picture picture;
  std::string fault;  // empty where there is none
  std::string hint;
};

// A value as a picture: a text in base64, with or without «data:image/png;base64,» before it; a map with such a text
// under `image` and a `description`; or what the formatter `qr` makes of a text.
// Limit: PNG, JPEG, GIF and BMP, 20 MB, 20,000 dots a side and 100 million in all.
PictureReading read_picture(const Value& value);

// The QR code of a text as PNG, its light border included; empty for a text that is too long.
std::string qr_png(std::string_view text);

}  // namespace vekha::documents
