#include "documents/workbook_file.h"

#include <fmt/core.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>

#include "base/error.h"
#include "base/file.h"
#include "base/text.h"

namespace vekha::documents {
namespace {

constexpr size_t longest_cell = 32767;
constexpr int most_rows = 1048576;
constexpr size_t longest_sheet_name = 31;
constexpr double inches_in_millimetre = 1 / 25.4;
// Midnight of 1 January 2000: a file made twice is the same file, so it cannot carry the time of its making.
constexpr time_t fixed_creation_time = 946684800;

// A file nobody else has, gone with its owner.
class TemporaryFile {
 public:
  TemporaryFile() {
    path_ = (std::filesystem::temp_directory_path() / "vekha-XXXXXX").string();
    const int descriptor = mkstemp(path_.data());
    if (descriptor < 0) throw_system_error("Не удаётся создать временный файл", path_, errno);
    close(descriptor);
  }
  ~TemporaryFile() { unlink(path_.c_str()); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

void check(lxw_error error) {
  if (error == LXW_NO_ERROR) return;
  switch (error) {
    case LXW_ERROR_MEMORY_MALLOC_FAILED:
    case LXW_ERROR_CREATING_XLSX_FILE:
    case LXW_ERROR_CREATING_TMPFILE:
    case LXW_ERROR_READING_TMPFILE:
    case LXW_ERROR_ZIP_FILE_OPERATION:
    case LXW_ERROR_ZIP_PARAMETER_ERROR:
    case LXW_ERROR_ZIP_BAD_ZIP_FILE:
    case LXW_ERROR_ZIP_INTERNAL_ERROR:
    case LXW_ERROR_ZIP_FILE_ADD:
    case LXW_ERROR_ZIP_CLOSE:
      throw Error(ErrorCode::environment,
                  "Не удаётся записать таблицу: не хватает места или прав на временную папку. Освободите место и "
                  "повторите.");
    default: throw Error(ErrorCode::internal, fmt::format("Таблица не записана: внутренняя ошибка {}.", int(error)));
  }
}

bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f'); }

// A text as a cell can hold it: no control characters, and «_x0041_» not taken for a coded letter.
std::string clean(const std::string& text) {
  std::string cleaned;
  size_t chars = 0;
  bool cut = false;
  for (size_t at = 0; at < text.size() && !cut;) {
    const size_t start = at;
    const char32_t c = next_char(text, at);
    // Excel counts UTF-16 units; the note needs room too.
    chars += c > 0xFFFF ? 2 : 1;
    cut = chars > longest_cell - 100;
    if (cut) break;
    if (c == '\r' || (c < 0x20 && c != '\n' && c != '\t') || c == 0xFFFE || c == 0xFFFF) continue;
    const std::string_view rest = std::string_view(text).substr(start, 7);
    if (rest.size() == 7 && rest.starts_with("_x") && rest[6] == '_' &&
        std::all_of(rest.begin() + 2, rest.begin() + 6, is_hex)) {
      cleaned += "_x005F";
      chars += 6;
    }
    append_char(cleaned, c);
  }
  if (cut) cleaned += " [текст не поместился в ячейку]";
  return cleaned;
}

double excel_day(Date date) {
  // Excel takes 1900 for a leap year; from March 1900 on its days count from 30 December 1899.
  return days_between(make_date(1899, 12, 30), date);
}

}  // namespace

std::string cell_name(int row, int column) {
  std::string letters;
  for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26)
    letters.insert(letters.begin(), static_cast<char>('A' + (rest - 1) % 26));
  return letters + std::to_string(row + 1);
}

struct WorkbookFile::State {
  TemporaryFile file;
  lxw_workbook* book = nullptr;
  lxw_worksheet* sheet = nullptr;
  std::string folder;
  std::string font;
  int row = 0;
  std::map<CellStyle, lxw_format*> formats;
  std::set<std::string> names;  // lower case

  ~State() {
    if (book) workbook_close(book);  // the only call that frees it
  }

  lxw_format* format(const CellStyle& style) {
    lxw_format*& known = formats[style];
    if (known) return known;
    lxw_format* made = workbook_add_format(book);
    format_set_font_name(made, font.c_str());
    format_set_font_size(made, style.size);
    if (style.bold) format_set_bold(made);
    if (style.italic) format_set_italic(made);
    if (style.strike) format_set_font_strikeout(made);
    format_set_align(made, style.align == Alignment::left     ? LXW_ALIGN_LEFT
                           : style.align == Alignment::center ? LXW_ALIGN_CENTER
                                                              : LXW_ALIGN_RIGHT);
    format_set_align(made, style.vertical == VerticalAlignment::top      ? LXW_ALIGN_VERTICAL_TOP
                           : style.vertical == VerticalAlignment::center ? LXW_ALIGN_VERTICAL_CENTER
                                                                         : LXW_ALIGN_VERTICAL_BOTTOM);
    format_set_text_wrap(made);
    if (style.borders == Borders::all) format_set_border(made, LXW_BORDER_THIN);
    if (style.borders == Borders::bottom) format_set_bottom(made, LXW_BORDER_THIN);
    if (style.fill) format_set_bg_color(made, *style.fill);
    if (!style.number_format.empty()) format_set_num_format(made, style.number_format.c_str());
    return known = made;
  }

  std::string sheet_name(const std::string& wanted) {
    std::u32string name;
    for (const char32_t c : to_u32(fold_space(wanted)))
      name += std::u32string_view(U"[]:*?/\\").find(c) != std::u32string_view::npos || c < 0x20 ? U'-' : c;
    while (!name.empty() && name.front() == U'\'')
      name.erase(0, 1);
    if (name.size() > longest_sheet_name) name.resize(longest_sheet_name);
    while (!name.empty() && (name.back() == U'\'' || name.back() == U' '))
      name.pop_back();
    // libxlsxwriter quotes a name in print titles only for its blanks and letters beyond ASCII, so «2023» or «A1» would
    // be taken for something else and the file for damaged.
    const bool bare = std::all_of(name.begin(), name.end(), [](char32_t c) { return c < 0x80 && c != U' '; });
    if (name.empty() || bare) name = (U"Лист " + name).substr(0, longest_sheet_name);
    while (name.back() == U' ')
      name.pop_back();
    std::string tried = to_utf8(name);
    for (int number = 2; names.contains(to_lower(tried)); ++number) {
      const std::string ending = fmt::format(" ({})", number);
      tried = to_utf8(name.substr(0, longest_sheet_name - ending.size())) + ending;
    }
    names.insert(to_lower(tried));
    return tried;
  }

  void write(int at_row, const Cell& cell) {
    const auto r = static_cast<lxw_row_t>(at_row);
    const auto first = static_cast<lxw_col_t>(cell.first);
    const auto last = static_cast<lxw_col_t>(cell.last);
    lxw_format* style = format(cell.style);
    if (cell.last > cell.first || cell.rows > 1)
      check(worksheet_merge_range(sheet, r, first, r + static_cast<lxw_row_t>(cell.rows) - 1, last, "", style));
    if (const auto* text = std::get_if<std::string>(&cell.content); text && !text->empty())
      check(worksheet_write_string(sheet, r, first, clean(*text).c_str(), style));
    else if (const auto* number = std::get_if<Decimal>(&cell.content))
      check(worksheet_write_number(sheet, r, first, number->to_double(), style));
    else if (const auto* date = std::get_if<Date>(&cell.content))
      check(worksheet_write_number(sheet, r, first, excel_day(*date), style));
    else if (const auto* formula = std::get_if<Formula>(&cell.content))
      check(worksheet_write_formula_num(sheet, r, first, formula->text.c_str(), style, formula->result));
    else if (cell.last == cell.first && cell.rows == 1)
      check(worksheet_write_blank(sheet, r, first, style));
  }
};

WorkbookFile::WorkbookFile(const std::string& font, const Properties& properties) : state_(new State) {
  state_->font = font;
  state_->folder = std::filesystem::temp_directory_path().string();
  lxw_workbook_options options{};
  options.tmpdir = state_->folder.data();
  state_->book = workbook_new_opt(state_->file.path().c_str(), &options);
  if (!state_->book) throw Error(ErrorCode::environment, "Не хватает памяти для таблицы. Закройте другие программы.");
  lxw_doc_properties about{};
  about.title = const_cast<char*>(properties.title.c_str());
  about.author = const_cast<char*>(properties.author.c_str());
  about.company = const_cast<char*>(properties.company.c_str());
  about.created = fixed_creation_time;
  check(workbook_set_properties(state_->book, &about));
  // Column widths count in digits of the default font. Calibri is missing where there is no Office, and its
  // replacement would make all columns wider: the default becomes the font of the cells.
  lxw_format* standard = STAILQ_FIRST(state_->book->formats);
  format_set_font_name(standard, font.c_str());
  format_set_font_size(standard, 11);
}

WorkbookFile::~WorkbookFile() = default;

void WorkbookFile::begin_sheet(const std::string& name, const GridPage& page, const std::vector<double>& widths) {
  state_->row = 0;
  state_->sheet = workbook_add_worksheet(state_->book, state_->sheet_name(name).c_str());
  lxw_worksheet* sheet = state_->sheet;
  if (!sheet) throw Error(ErrorCode::internal, "Таблица не записана: лист не создаётся.", name);
  for (size_t i = 0; i < widths.size(); ++i)
    check(worksheet_set_column(sheet, static_cast<lxw_col_t>(i), static_cast<lxw_col_t>(i), widths[i], nullptr));
  if (page.orientation == Orientation::landscape)
    worksheet_set_landscape(sheet);
  else
    worksheet_set_portrait(sheet);
  worksheet_set_paper(sheet, page.paper == Paper::a4 ? 9 : 8);
  worksheet_set_margins(sheet, page.left * inches_in_millimetre, page.right * inches_in_millimetre,
                        page.top * inches_in_millimetre, page.bottom * inches_in_millimetre);
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_center_horizontally(sheet);
  worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
  if (!page.footer.empty()) {
    const std::string footer = fmt::format("&C&\"{},Regular\"&9{}", state_->font, page.footer);
    lxw_header_footer_options options{};
    options.margin = std::min(page.bottom, 7.0) * inches_in_millimetre;
    check(worksheet_set_footer_opt(sheet, footer.c_str(), &options));
  }
  // «1.10» and «25» are texts on purpose.
  check(worksheet_ignore_errors(sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576"));
}

int WorkbookFile::row() const { return state_->row; }

void WorkbookFile::write_row(const std::vector<Cell>& cells, double height) {
  if (state_->row >= most_rows)
    throw Error(ErrorCode::refused, "Строк больше, чем помещается на лист Excel (1 048 576). Разделите таблицу.");
  check(worksheet_set_row(state_->sheet, static_cast<lxw_row_t>(state_->row), std::min(height, highest_row), nullptr));
  for (const Cell& cell : cells)
    state_->write(state_->row, cell);
  ++state_->row;
}

void WorkbookFile::freeze(int row, int column) {
  worksheet_freeze_panes(state_->sheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column));
}

void WorkbookFile::repeat_rows(int first, int last) {
  check(worksheet_repeat_rows(state_->sheet, static_cast<lxw_row_t>(first), static_cast<lxw_row_t>(last)));
}

void WorkbookFile::fit_pages(int pages) { worksheet_fit_to_pages(state_->sheet, 1, static_cast<uint16_t>(pages)); }

void WorkbookFile::filter(int first_row, int first_column, int last_row, int last_column) {
  check(worksheet_autofilter(state_->sheet, static_cast<lxw_row_t>(first_row), static_cast<lxw_col_t>(first_column),
                             static_cast<lxw_row_t>(last_row), static_cast<lxw_col_t>(last_column)));
}

std::string WorkbookFile::finish() {
  lxw_workbook* book = state_->book;
  state_->book = nullptr;
  check(workbook_close(book));
  return read_file(state_->file.path(), uintmax_t{1} << 30);
}

}  // namespace vekha::documents
