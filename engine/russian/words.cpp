#include "russian/words.h"

#include <algorithm>

#include "base/text.h"

namespace vekha::russian {
namespace {

using Endings = std::array<const char*, case_count>;

// What a class adds to the stem. An accusative of nullptr is the genitive of the animate, the nominative of others.
struct ClassEndings {
  Agreement gender;
  const char* nominative;  // what the stem is without
  Endings singular;
  Endings plural;
};

const ClassEndings& endings_of(NounClass declension) {
  using enum Agreement;
  static const std::array<ClassEndings, 13> classes = {{
      {masculine, "", {"", "а", "у", nullptr, "ом", "е"}, {"ы", "ов", "ам", nullptr, "ами", "ах"}},
      {masculine, "", {"", "а", "у", nullptr, "ом", "е"}, {"и", "ов", "ам", nullptr, "ами", "ах"}},
      {masculine, "", {"", "а", "у", nullptr, "ем", "е"}, {"и", "ей", "ам", nullptr, "ами", "ах"}},
      {masculine, "", {"", "а", "у", nullptr, "ом", "е"}, {"и", "ей", "ам", nullptr, "ами", "ах"}},
      {masculine, "ь", {"ь", "я", "ю", nullptr, "ем", "е"}, {"и", "ей", "ям", nullptr, "ями", "ях"}},
      {masculine, "ь", {"ь", "я", "ю", nullptr, "ём", "е"}, {"и", "ей", "ям", nullptr, "ями", "ях"}},
      {masculine, "й", {"й", "я", "ю", nullptr, "ем", "и"}, {"и", "ев", "ям", nullptr, "ями", "ях"}},
      {feminine, "а", {"а", "ы", "е", "у", "ой", "е"}, {"ы", "", "ам", nullptr, "ами", "ах"}},
      {feminine, "а", {"а", "и", "е", "у", "ой", "е"}, {"и", "", "ам", nullptr, "ами", "ах"}},
      {feminine, "ь", {"ь", "и", "и", "ь", "ью", "и"}, {"и", "ей", "ям", nullptr, "ями", "ях"}},
      {feminine, "я", {"я", "и", "и", "ю", "ей", "и"}, {"и", "й", "ям", nullptr, "ями", "ях"}},
      {neuter, "о", {"о", "а", "у", "о", "ом", "е"}, {"а", "", "ам", nullptr, "ами", "ах"}},
      {neuter, "е", {"е", "я", "ю", "е", "ем", "и"}, {"я", "й", "ям", nullptr, "ями", "ях"}},
  }};
  return classes[static_cast<size_t>(declension)];
}

std::array<std::string, case_count> put_endings(const std::string& stem, const Endings& endings, Animacy animacy) {
  std::array<std::string, case_count> forms;
  for (size_t i = 0; i < forms.size(); ++i)
    if (endings[i] != nullptr) forms[i] = stem + endings[i];
  const auto accusative = static_cast<size_t>(Case::accusative);
  if (endings[accusative] == nullptr) forms[accusative] = forms[animacy == Animacy::animate ? 1 : 0];
  return forms;
}

// Endings of an adjective by what its stem ends in.
struct AdjectiveClass {
  const char* vowel;  // of «-ого», «-ему»: о or е
  const char* thin;   // of «-ым», «-их»: ы or и
  const char* feminine_accusative;
};

constexpr std::string_view velars[] = {"к", "г", "х"};
constexpr std::string_view hushings[] = {"ж", "ш", "ч", "щ"};

bool ends_in_one_of(std::string_view stem, std::span<const std::string_view> letters) {
  return std::any_of(letters.begin(), letters.end(), [&](std::string_view letter) { return stem.ends_with(letter); });
}

struct AdjectiveReading {
  std::string stem;
  AdjectiveClass endings{};
};

std::optional<AdjectiveReading> read_adjective(const std::string& lower, Agreement agreement) {
  // In the order of Agreement.
  static const std::array<std::vector<std::string_view>, 4> endings = {
      {{"ый", "ий", "ой"}, {"ая", "яя"}, {"ое", "ее"}, {"ые", "ие"}}};
  for (const std::string_view ending : endings[static_cast<size_t>(agreement)]) {
    if (!lower.ends_with(ending) || lower.size() < ending.size() + 4) continue;  // a stem of two letters at least
    std::string stem = lower.substr(0, lower.size() - ending.size());
    if (ends_in_one_of(stem, velars)) return AdjectiveReading{stem, {"о", "и", "ую"}};
    if (ends_in_one_of(stem, hushings))
      return AdjectiveReading{stem, {ending == "ой" || ending == "ое" ? "о" : "е", "и", "ую"}};
    if (ending == "яя" || ending == "ее" || ending == "ие" || ending == "ий")
      return AdjectiveReading{stem, {"е", "и", "юю"}};
    return AdjectiveReading{stem, {"о", "ы", "ую"}};
  }
  return std::nullopt;
}

std::string adjective_form(const AdjectiveReading& adjective, const std::string& nominative, Agreement agreement,
                           Animacy animacy, Case target) {
  const auto& [vowel, thin, feminine_accusative] = adjective.endings;
  const std::string& stem = adjective.stem;
  if (target == Case::nominative) return nominative;
  if (target == Case::accusative) {
    if (agreement == Agreement::feminine) return stem + feminine_accusative;
    if (agreement == Agreement::neuter || animacy == Animacy::inanimate) return nominative;
    target = Case::genitive;
  }
  switch (agreement) {
    case Agreement::feminine: return stem + vowel + "й";
    case Agreement::plural:
      return stem + thin + (target == Case::dative ? "м" : target == Case::instrumental ? "ми" : "х");
    default: break;
  }
  switch (target) {
    case Case::genitive: return stem + vowel + "го";
    case Case::dative: return stem + vowel + "му";
    case Case::instrumental: return stem + thin + "м";
    default: return stem + vowel + "м";
  }
}

std::string without_yo(std::string_view word) { return replace_all(std::string(word), "ё", "е"); }

// «вице-», «веб-»: stay as they are before a noun.
bool is_fixed_prefix(std::string_view word) {
  static constexpr std::string_view prefixes[] = {"вице", "веб", "экс", "пресс", "медиа", "арт", "it", "ит", "бизнес"};
  return std::find(std::begin(prefixes), std::end(prefixes), word) != std::end(prefixes);
}

}  // namespace

std::optional<std::string> decline_adjective(std::string_view word, Agreement agreement, Animacy animacy, Case target) {
  const std::string lower = to_lower(word);
  const auto adjective = read_adjective(lower, agreement);
  if (!adjective) return std::nullopt;
  return adjective_form(*adjective, lower, agreement, animacy, target);
}

std::string agree_adjective(std::string_view masculine, Agreement agreement, Animacy animacy, Case target) {
  const std::string lower = to_lower(masculine);
  const auto adjective = read_adjective(lower, Agreement::masculine);
  if (!adjective) return lower;
  const bool soft = adjective->endings.feminine_accusative == std::string_view("юю");
  std::string nominative = lower;
  if (agreement == Agreement::feminine) nominative = adjective->stem + (soft ? "яя" : "ая");
  if (agreement == Agreement::neuter) nominative = adjective->stem + adjective->endings.vowel + "е";
  if (agreement == Agreement::plural) nominative = adjective->stem + adjective->endings.thin + "е";
  return adjective_form(*adjective, nominative, agreement, animacy, target);
}

NounTable::NounTable(std::span<const NounRow> rows, Animacy animacy) : animacy_(animacy) {
  for (const NounRow& row : rows) {
    const std::string nominative = row.nominative;
    if (row.declension == NounClass::adjective) {
      for (const Agreement agreement : {Agreement::masculine, Agreement::feminine, Agreement::plural}) {
        NounReading reading{.agreement = agreement, .forms = {}};
        for (size_t i = 0; i < reading.forms.size(); ++i)
          reading.forms[i] = agree_adjective(nominative, agreement, animacy, static_cast<Case>(i));
        add(reading.forms[0], reading);
      }
      continue;
    }
    const ClassEndings& endings = endings_of(row.declension);
    const std::string stem =
        row.stem ? row.stem : nominative.substr(0, nominative.size() - std::string_view(endings.nominative).size());
    NounReading singular{endings.gender, put_endings(stem, endings.singular, animacy)};
    // «глава» is a man's or a woman's post, of one agreement in papers.
    if (animacy == Animacy::animate && nominative == "глава") singular.agreement = Agreement::masculine;
    if (row.stem) {
      singular.forms[0] = nominative;
      if (endings.singular[3] == nullptr && animacy == Animacy::inanimate) singular.forms[3] = nominative;
    }
    NounReading plural{Agreement::plural, put_endings(stem, endings.plural, animacy)};
    if (row.plural) plural.forms[0] = row.plural;
    if (row.plural_genitive) plural.forms[1] = row.plural_genitive;
    plural.forms[3] = plural.forms[animacy == Animacy::animate ? 1 : 0];
    add(singular.forms[0], singular);
    add(plural.forms[0], plural);
  }
}

void NounTable::add(const std::string& nominative, NounReading reading) {
  readings_.emplace(without_yo(nominative), std::move(reading));
}

std::optional<NounReading> NounTable::find(std::string_view word) const {
  const std::string lower = to_lower(word);
  std::optional<NounReading> whole;
  std::string prefix;
  for (const std::string_view part : split(lower, '-')) {
    const auto found = readings_.find(without_yo(part));
    if (found == readings_.end()) {
      if (whole || !is_fixed_prefix(part)) return std::nullopt;
      prefix += std::string(part) + "-";
      continue;
    }
    NounReading reading = found->second;
    // Written without ё, it stays without.
    if (reading.forms[0] != part)
      for (std::string& form : reading.forms)
        form = without_yo(form);
    if (!whole) {
      whole = std::move(reading);
      continue;
    }
    if ((whole->agreement == Agreement::plural) != (reading.agreement == Agreement::plural)) return std::nullopt;
    for (size_t i = 0; i < whole->forms.size(); ++i)
      whole->forms[i] += "-" + reading.forms[i];
  }
  if (whole)
    for (std::string& form : whole->forms)
      form = prefix + form;
  return whole;
}

std::string with_capitals_of(std::string_view original, const std::string& declined) {
  const std::u32string letters = to_u32(original);
  if (letters.empty() || !is_upper(letters[0])) return declined;
  return letters.size() > 1 && is_upper(letters[1]) ? to_upper(declined) : capitalize(declined);
}

std::vector<Piece> split_phrase(std::string_view text) {
  std::vector<Piece> pieces;
  for (size_t at = 0; at < text.size();) {
    const size_t start = at;
    const char32_t c = next_char(text, at);
    // A hyphen belongs to the word between two letters.
    size_t after = at;
    const bool inner_hyphen = c == U'-' && !pieces.empty() && pieces.back().kind == Piece::Kind::word &&
                              at < text.size() && is_letter(next_char(text, after));
    const Piece::Kind kind = is_letter(c) || is_digit(c) || inner_hyphen ? Piece::Kind::word : Piece::Kind::gap;
    if (pieces.empty() || pieces.back().kind != kind) pieces.push_back({{}, kind});
    pieces.back().text += text.substr(start, at - start);
  }
  return pieces;
}

std::string join_phrase(const std::vector<Piece>& pieces) {
  std::string text;
  for (const Piece& piece : pieces)
    text += piece.text;
  return text;
}

std::optional<Head> find_head(const std::vector<Piece>& pieces, size_t first, const NounTable& nouns) {
  constexpr size_t most_adjectives = 4;
  std::optional<Head> head;
  // The longest one: in «ответственный исполнитель» the first word is an adjective, in «ответственный за питание» a
  // noun.
  for (size_t at = first; at < pieces.size() && at <= first + 2 * most_adjectives; at += 2) {
    if (pieces[at].kind != Piece::Kind::word) break;
    if (auto reading = nouns.find(pieces[at].text)) {
      bool agrees = true;
      for (size_t adjective = first; adjective < at && agrees; adjective += 2)
        agrees =
            decline_adjective(pieces[adjective].text, reading->agreement, nouns.animacy(), Case::genitive).has_value();
      if (agrees) head = Head{first, at, std::move(*reading)};
    }
    if (at + 1 >= pieces.size() || !trim(pieces[at + 1].text).empty()) break;
  }
  return head;
}

void decline_head(std::vector<Piece>& pieces, const Head& head, Animacy animacy, Case target) {
  if (target == Case::nominative) return;
  for (size_t at = head.first; at < head.noun; at += 2)
    if (const auto declined = decline_adjective(pieces[at].text, head.reading.agreement, animacy, target))
      pieces[at].text = with_capitals_of(pieces[at].text, *declined);
  std::string& noun = pieces[head.noun].text;
  noun = with_capitals_of(noun, head.reading.forms[static_cast<size_t>(target)]);
}

}  // namespace vekha::russian
