#include "ingest/parties.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "ingest/cell_meaning.h"

namespace vekha::ingest {
namespace {

constexpr size_t longest_cell = 20'000;  // bytes: no cell names so many

template <size_t N>
bool one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 44> single_posts = {
    "директор",     "начальник",    "заместитель", "заведующий",    "заведующая",  "методист",      "специалист",
    "руководитель", "председатель", "учитель",     "педагог",       "инспектор",   "консультант",   "секретарь",
    "координатор",  "тьютор",       "куратор",     "советник",      "психолог",    "логопед",       "библиотекарь",
    "воспитатель",  "главный",      "ведущий",     "старший",       "эксперт",     "аналитик",      "инженер",
    "программист",  "глава",        "наставник",   "тренер",        "вожатый",     "представитель", "зам",
    "зав",          "и.о",          "социальный",  "ответственный", "исполняющий", "лаборант",      "делопроизводитель",
    "юрист",        "модератор"};
constexpr std::array<std::string_view, 38> plural_posts = {
    "директора",    "директоры",    "начальники",    "заместители", "заведующие", "методисты",    "специалисты",
    "руководители", "председатели", "учителя",       "педагоги",    "инспекторы", "консультанты", "секретари",
    "координаторы", "тьюторы",      "кураторы",      "советники",   "психологи",  "логопеды",     "библиотекари",
    "воспитатели",  "главные",      "ведущие",       "старшие",     "эксперты",   "аналитики",    "наставники",
    "тренеры",      "вожатые",      "представители", "члены",       "работники",  "сотрудники",   "главы",
    "модераторы",   "выпускники",   "навигаторы"};
// Bodies: several people under one name.
constexpr std::array<std::string_view, 14> bodies = {
    "совет",    "комиссия",   "жюри",       "группа", "оргкомитет", "объединение", "объединения",
    "коллегия", "ассоциация", "сообщество", "штаб",   "команда",    "комиссии",    "советы"};
constexpr std::array<std::string_view, 32> legal_forms = {
    "мку",  "мбу",   "мау",   "мбоу",  "маоу",  "мкоу",  "моу",  "гбу",   "гау",   "гку",    "гбоу",
    "гаоу", "гапоу", "гбпоу", "мбдоу", "мадоу", "мкдоу", "мдоу", "мбудо", "маудо", "мбоудо", "гбудо",
    "дпо",  "фгбоу", "фгбу",  "ано",   "ооо",   "роо",   "гуо",  "муо",   "мп",    "нмц"};
// Offices that stand alone; what follows them in the next legal form is another party.
constexpr std::array<std::string_view, 6> offices = {"управление", "министерство",  "департамент",
                                                     "комитет",    "администрация", "администрации"};
constexpr std::array<std::string_view, 15> units = {"отдел",    "служба", "сектор",      "кабинет",    "центр",
                                                    "институт", "школа",  "школы",       "гимназия",   "лицей",
                                                    "оо",       "оу",     "организации", "учреждения", "библиотека"};

// «Управления образования» behind a post.
bool is_office_genitive(std::string_view word) {
  for (const std::string_view stem :
       {"управлени", "министерств", "департамент", "комитет", "администраци", "центр", "институт"})
    if (word.starts_with(stem)) return true;
  return false;
}

struct Word {
  std::string text;     // as printed, punctuation and all
  std::string bare;     // lower case, no punctuation
  bool inside = false;  // inside «…» or (…)
  bool upper = false;
};

std::string bare_of(std::string_view text) {
  const std::u32string all = to_u32(to_lower(text));
  size_t from = 0, to = all.size();
  while (from < to && !is_letter(all[from]) && !is_digit(all[from]))
    ++from;
  while (to > from && !is_letter(all[to - 1]) && !is_digit(all[to - 1]))
    --to;
  return to_utf8(std::u32string_view(all).substr(from, to - from));
}

// «учителя-предметники» is headed by its first half.
std::string_view head_of(std::string_view bare) { return bare.substr(0, bare.find('-')); }

bool is_single_post(const Word& word) { return one_of(single_posts, head_of(word.bare)); }
bool is_plural_post(const Word& word) { return one_of(plural_posts, head_of(word.bare)); }
bool is_post(const Word& word) { return is_single_post(word) || is_plural_post(word); }
bool is_legal_form(const Word& word) { return word.upper && one_of(legal_forms, word.bare); }

bool is_initials(std::string_view text) {
  while (!text.empty() && (text.back() == ',' || text.back() == ';'))
    text.remove_suffix(1);
  const std::u32string all = to_u32(text);
  size_t letters = 0;
  for (size_t i = 0; i < all.size(); ++i) {
    if (i % 2 == 0 && (!is_letter(all[i]) || !is_upper(all[i]))) return false;
    if (i % 2 == 1 && all[i] != U'.') return false;
    if (i % 2 == 0) ++letters;
  }
  return letters >= 1 && letters <= 2 && all.size() >= 2 && all.size() == letters * 2;
}

bool is_surname(std::string_view text) {
  while (!text.empty() && (text.back() == ',' || text.back() == ';' || text.back() == '.'))
    text.remove_suffix(1);
  const std::u32string all = to_u32(text);
  if (all.size() < 2 || !is_upper(all[0])) return false;
  bool lower = false;
  for (size_t i = 1; i < all.size(); ++i) {
    if (all[i] == U'-') continue;
    if (!is_letter(all[i])) return false;
    if (is_upper(all[i]) && all[i - 1] != U'-') return false;
    lower = lower || !is_upper(all[i]);
  }
  return lower;
}

// A post with initials behind it is no surname: «Директор А.Б. Рощина».
bool is_post_word(std::string_view text) {
  const std::string bare = bare_of(text);
  return one_of(single_posts, head_of(bare)) || one_of(plural_posts, head_of(bare));
}

bool is_patronymic(std::string_view text) {
  const std::string bare = bare_of(text);
  return bare.ends_with("вна") || bare.ends_with("вич") || bare.ends_with("ична") || bare.ends_with("кызы");
}

bool ends_with_comma(std::string_view text) { return !text.empty() && (text.back() == ',' || text.back() == ';'); }

// How many words from `at` on are a person's name: «Иванова А.С.», «Иванова А. С.», «А.С. Иванова», «Иванова Анна
// Сергеевна».
size_t person_at(const std::vector<Word>& words, size_t at) {
  const auto text = [&](size_t i) { return i < words.size() ? std::string_view(words[i].text) : std::string_view(); };
  if (is_surname(text(at)) && !is_post_word(text(at)) && !ends_with_comma(text(at))) {
    if (is_initials(text(at + 1))) {
      const bool apart = count_chars(text(at + 1)) == 2 && is_initials(text(at + 2)) && count_chars(text(at + 2)) <= 3;
      return apart ? 3 : 2;
    }
    if (is_surname(text(at + 1)) && is_patronymic(text(at + 2))) return 3;
  }
  if (is_initials(text(at)) && !ends_with_comma(text(at))) {
    if (is_surname(text(at + 1)) && !is_post_word(text(at + 1))) return 2;
    if (is_initials(text(at + 1)) && is_surname(text(at + 2))) return 3;
  }
  return 0;
}

std::string_view without_separators(std::string_view text) {
  text = trim(text);
  for (bool more = true; more && !text.empty();) {
    more = false;
    if (text.back() == ';' || text.back() == ',') {
      text = trim(text.substr(0, text.size() - 1));
      more = true;
    }
    for (const std::string_view sign : {"-", "–", "—", "•", "·", "/"})
      if (text.starts_with(sign) && (text.size() == sign.size() || text[sign.size()] == ' ')) {
        text = trim(text.substr(sign.size()));
        more = true;
      }
  }
  return text;
}

std::string words_text(const std::vector<Word>& words, size_t from, size_t to) {
  std::string out;
  for (size_t i = from; i < to; ++i) {
    if (!out.empty()) out += ' ';
    out += words[i].text;
  }
  return out;
}

std::string without_end(std::string text) {
  std::string_view view = without_separators(text);
  if (view.ends_with(".") && !view.ends_with("г.")) view.remove_suffix(1);
  return std::string(trim(view));
}

// «(по согласованию)», «(далее - …)» say something about a party, they do not name it.
std::string without_remarks(std::string text) {
  for (const std::string_view opening : {"(по согласованию", "(далее"}) {
    const size_t at = text.find(opening);
    if (at == std::string::npos) continue;
    const size_t close = text.find(')', at);
    if (close != std::string::npos) text.erase(at, close + 1 - at);
  }
  return fold_space(text);
}

roadmap::Party party_of(const std::vector<Word>& words) {
  roadmap::Party party;
  party.text = std::string(without_separators(words_text(words, 0, words.size())));
  std::vector<Word> rest;
  for (size_t i = 0; i < words.size();) {
    const size_t name = party.name.empty() ? person_at(words, i) : 0;
    if (name == 0) {
      rest.push_back(words[i++]);
      continue;
    }
    party.name = std::string(without_separators(words_text(words, i, i + name)));
    i += name;
  }
  std::erase_if(rest, [](const Word& word) { return word.bare.empty(); });
  if (rest.empty()) return party;
  const bool post_first = is_post(rest.front());
  size_t organization = rest.size();
  for (size_t i = 0; i < rest.size() && organization == rest.size(); ++i)
    if (is_legal_form(rest[i]) || (rest[i].upper && is_office_genitive(rest[i].bare)) ||
        (i > 0 && rest[i].bare == "уо" && rest[i].upper))
      organization = i;
  const bool body =
      std::any_of(rest.begin(), rest.end(), [](const Word& word) { return !word.inside && one_of(bodies, word.bare); });
  const auto text = [&](size_t from, size_t to) { return without_end(without_remarks(words_text(rest, from, to))); };
  if (!post_first && party.name.empty() && organization < rest.size()) {
    party.organization = text(0, rest.size());
  } else if (!post_first && party.name.empty() && body) {
    party.organization = text(0, rest.size());
    party.group = true;
  } else if (!post_first && party.name.empty() && std::any_of(rest.begin(), rest.end(), [](const Word& word) {
               return !word.inside && one_of(units, word.bare);
             })) {
    party.organization = text(0, rest.size());
    party.group = rest.front().bare == "оо" || rest.front().bare == "оу" || rest.front().bare == "школы";
  } else {
    party.post = text(0, organization);
    party.organization = text(organization, rest.size());
    party.group = party.name.empty() && is_plural_post(rest.front());
  }
  return party;
}

// Walks over the words of one piece and parts those who only a blank or a comma parts.
class Splitter {
 public:
  explicit Splitter(std::vector<roadmap::Party>& out) : out_(out) {}

  void add(std::string_view piece) {
    piece = without_separators(piece);
    if (piece.empty()) return;
    const std::vector<bool> inside = enclosed(piece);
    std::vector<Word> words;
    for (size_t at = 0; at < piece.size();) {
      const size_t end = std::min(piece.find(' ', at), piece.size());
      if (end > at) {
        Word word;
        word.text = std::string(piece.substr(at, end - at));
        word.bare = bare_of(word.text);
        // A word with its opening quote stands inside; the quote itself does not close before the word ends.
        word.inside = inside[at] && at > 0 && inside[at - 1];
        const std::u32string letters = to_u32(word.text);
        const auto first = std::find_if(letters.begin(), letters.end(), [](char32_t c) { return is_letter(c); });
        word.upper = first != letters.end() && is_upper(*first) && is_letter(letters.front());
        words.push_back(std::move(word));
      }
      at = end + 1;
    }
    size_t from = 0;
    for (size_t i = 1; i < words.size(); ++i) {
      if (!begins_party(words, from, i)) continue;
      push(words, from, i);
      from = i;
    }
    push(words, from, words.size());
  }

 private:
  void push(const std::vector<Word>& words, size_t from, size_t to) {
    const std::vector<Word> own(words.begin() + static_cast<long>(from), words.begin() + static_cast<long>(to));
    roadmap::Party party = party_of(own);
    if (!bare_of(party.text).empty()) out_.push_back(std::move(party));
  }

  static bool begins_party(const std::vector<Word>& words, size_t from, size_t i) {
    const Word& word = words[i];
    if (word.inside) return false;
    size_t named = 0, name_end = 0;
    for (size_t k = from; k < i;) {
      const size_t length = person_at(words, k);
      // The second half of a name never begins a party.
      if (k + length > i) return false;
      if (length > 0) {
        ++named;
        name_end = k + length;
      }
      k += std::max<size_t>(length, 1);
    }
    const bool only_name = named > 0 && name_end == i;
    const std::string& before = words[i - 1].text;
    if (before == "/") return true;
    const bool comma = ends_with_comma(before);
    const bool person = person_at(words, i) > 0;
    if (person) return named > 0 || comma || !is_single_post(words[from]);
    if (comma) {
      if (only_name) return word.upper && is_plural_post(word);
      for (size_t k = i; k < words.size() && k < i + 3; ++k) {
        if (words[k].inside) break;
        if (is_post(words[k]) || one_of(bodies, words[k].bare) || is_legal_form(words[k]) ||
            one_of(offices, words[k].bare) || one_of(units, words[k].bare))
          return true;
        if (ends_with_comma(words[k].text)) break;
      }
      return false;
    }
    if (!word.upper) return false;
    if (is_post(word)) return !only_name || is_plural_post(word);
    const bool closed = before.ends_with("»") || before.ends_with("».");
    const bool standing = one_of(offices, head_of(words[from].bare)) && words[from].upper;
    if (is_legal_form(word))
      return standing || (closed && !is_legal_form(words[i - 1]) && has_organization(words, from, i));
    if (one_of(offices, word.bare)) return closed;
    if (one_of(bodies, word.bare)) return true;
    // «… «Центр» Кураторы наставничества»: a capital plural behind a finished name.
    return closed && (word.bare.ends_with("ы") || word.bare.ends_with("и")) && count_chars(word.bare) > 4;
  }

  static bool has_organization(const std::vector<Word>& words, size_t from, size_t to) {
    for (size_t k = from; k < to; ++k)
      if (is_legal_form(words[k])) return true;
    return false;
  }

  std::vector<roadmap::Party>& out_;
};

bool starts_upper(std::string_view text) {
  size_t at = 0;
  return !text.empty() && is_upper(next_char(text, at));
}

}  // namespace

std::optional<FoundPerson> find_person(std::string_view text) {
  std::vector<Word> words;
  std::vector<std::pair<size_t, size_t>> places;
  for (size_t at = 0; at < text.size();) {
    // A no-break space parts initials from the surname.
    size_t end = at;
    size_t next = at;
    while (end < text.size()) {
      next = end;
      if (is_space(next_char(text, next))) break;
      end = next;
    }
    if (end > at) {
      Word word;
      word.text = std::string(text.substr(at, end - at));
      words.push_back(std::move(word));
      places.emplace_back(at, end);
    }
    at = end < text.size() ? next : end;
  }
  for (size_t i = 0; i < words.size(); ++i)
    if (const size_t length = person_at(words, i)) {
      FoundPerson person;
      person.begin = places[i].first;
      person.end = places[i + length - 1].second;
      person.name = std::string(without_separators(words_text(words, i, i + length)));
      return person;
    }
  return std::nullopt;
}

std::vector<roadmap::Party> parties_of(const std::vector<Line>& lines) {
  std::vector<roadmap::Party> out;
  Splitter splitter(out);
  std::string text;
  std::vector<size_t> breaks;  // where a line begins that may be another party
  for (const Line& line : lines) {
    if (!text.empty()) {
      text += ' ';
      if (line.kind == LineKind::list_item || starts_upper(line.text)) breaks.push_back(text.size());
    }
    text += line.text;
  }
  if (text.size() > longest_cell) return out;
  const std::vector<bool> inside = enclosed(text);
  size_t from = 0;
  const auto cut = [&](size_t end) {
    splitter.add(std::string_view(text).substr(from, end - from));
    from = end;
  };
  char last = ';';  // the last sign that is no blank; a dash behind «;» or «,» begins an entry
  for (size_t at = 0; at < text.size(); ++at) {
    if (text[at] == ' ' || inside[at]) {
      if (text[at] != ' ') last = text[at];
      continue;
    }
    const bool line_start = std::find(breaks.begin(), breaks.end(), at) != breaks.end();
    bool dash = false;
    for (const std::string_view sign : {"- ", "– ", "— ", "• ", "· "})
      dash = dash || std::string_view(text).substr(at, sign.size()) == sign;
    if (line_start || (dash && (last == ';' || last == ','))) cut(at);
    if (text[at] == ';') cut(at + 1);
    last = text[at];
  }
  cut(text.size());
  return out;
}

}  // namespace vekha::ingest
