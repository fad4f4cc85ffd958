#include "documents/grid_measure.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"

namespace vekha::documents {
namespace {

// Thousandths of the font size. Source: the horizontal metrics of Liberation Serif, which equal Times New Roman's.
constexpr std::array<short, 95> ascii_regular = {
    250, 333, 408, 500, 500, 833, 778, 180, 333, 333, 500, 564, 250, 333, 250, 278, 500, 500, 500,
    500, 500, 500, 500, 500, 500, 500, 278, 278, 564, 564, 564, 444, 921, 722, 667, 667, 722, 611,
    556, 722, 722, 333, 389, 722, 611, 889, 722, 722, 556, 722, 667, 556, 611, 722, 722, 944, 722,
    722, 611, 333, 278, 333, 469, 500, 333, 444, 500, 444, 500, 444, 333, 500, 500, 278, 278, 500,
    278, 778, 500, 500, 500, 500, 333, 389, 278, 500, 500, 722, 500, 500, 444, 480, 200, 480, 541,
};
constexpr std::array<short, 95> ascii_bold = {
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500,  500,
    500, 500, 500, 500, 500, 500,  500, 333, 333, 570, 570, 570, 500, 930, 722, 667, 722, 722,  667,
    611, 778, 778, 389, 500, 778,  667, 944, 722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722,
    722, 667, 333, 278, 333, 581,  500, 333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333,  556,
    278, 833, 556, 500, 556, 556,  444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394,  520,
};
constexpr std::array<short, 64> cyrillic_regular = {
    722, 574, 667,  578,  682, 611, 896, 501, 722,  722, 667, 678, 889, 722, 722, 722, 556, 667, 611, 708, 790, 722,
    722, 650, 1009, 1009, 706, 872, 574, 660, 1028, 667, 444, 509, 472, 410, 509, 444, 691, 395, 535, 535, 486, 499,
    633, 535, 500,  535,  500, 444, 437, 500, 648,  500, 535, 503, 770, 770, 517, 672, 456, 429, 747, 460,
};
constexpr std::array<short, 64> cyrillic_bold = {
    722, 661, 667,  636,  688, 667, 989, 528, 778,  778, 725, 745, 944, 778, 778, 778, 611, 722, 667, 734, 859, 722,
    778, 734, 1098, 1098, 765, 982, 661, 678, 1126, 722, 500, 500, 540, 454, 506, 444, 725, 402, 576, 576, 576, 561,
    681, 576, 500,  576,  556, 444, 491, 500, 692,  500, 576, 564, 844, 844, 583, 781, 529, 432, 764, 541,
};

// Excel lays text out for the printer and LibreOffice for the page: both may be a little wider than the sum of
// advances.
constexpr double safety = 1.04;
// Excel gives 12.75 points to a line of 10; LibreOffice needs less.
constexpr double line_pitch = 1.275;

int advance(char32_t c, Weight weight) {
  const bool bold = weight == Weight::bold;
  if (c >= 0x20 && c < 0x7F) return (bold ? ascii_bold : ascii_regular)[c - 0x20];
  if (c >= 0x410 && c < 0x450) return (bold ? cyrillic_bold : cyrillic_regular)[c - 0x410];
  switch (c) {
    case 0x00A0: return 250;
    case 0x0401: return bold ? 667 : 611;
    case 0x0451: return 444;
    case 0x00AB:
    case 0x00BB:
    case 0x2013:
    case 0x201C:
    case 0x201E: return 500;
    case 0x00B1:
    case 0x00D7:
    case 0x2212: return 570;
    default: return 1000;
  }
}

bool breaks_after(char32_t c) { return c == '-' || c == 0x2013 || c == 0x2014 || c == '/'; }

}  // namespace

double text_width(std::string_view text, double font_size, Weight weight) {
  long thousandths = 0;
  for (size_t at = 0; at < text.size();)
    thousandths += advance(next_char(text, at), weight);
  return static_cast<double>(thousandths) * font_size / 1000 * safety;
}

int count_lines(std::string_view text, double width, double font_size, Weight weight) {
  const double scale = font_size / 1000 * safety;
  int lines = 1;
  double line = 0;   // width of what stands on the line, the word being read not counted
  double blank = 0;  // width of the blanks before that word
  double word = 0;
  auto end_word = [&] {
    if (line > 0 && line + blank + word > width) {
      ++lines;
      line = 0;
      blank = 0;
    }
    line += blank + word;
    blank = word = 0;
  };
  for (size_t at = 0; at < text.size();) {
    const char32_t c = next_char(text, at);
    if (c == '\n') {
      end_word();
      ++lines;
      line = blank = 0;
      continue;
    }
    const double step = advance(c, weight) * scale;
    if (c == ' ' || c == '\t') {
      end_word();
      blank += step;
      continue;
    }
    if (word + step > width && word > 0) {  // longer than a line: broken where the line ends
      if (line > 0) ++lines;
      ++lines;
      line = blank = word = 0;
    }
    word += step;
    if (breaks_after(c)) end_word();
  }
  end_word();
  return lines;
}

double outer_width(double width) { return std::floor(width * 7 + 5) * 0.75; }

double inner_width(double width) { return std::max(4.0, outer_width(width) - 5 * 0.75); }

double row_height(int lines, double font_size) { return std::ceil(lines * font_size * line_pitch + 1.5); }

}  // namespace vekha::documents
