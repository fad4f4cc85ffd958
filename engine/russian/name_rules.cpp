#include "russian/name_rules.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/json.h"
#include "base/text.h"

namespace vekha::russian {

// In the file that CMake makes from data/.
extern const char petrovich_rules[];
extern const char petrovich_gender[];
extern const char own_corrections[];

namespace {

enum class Word { only, first_of_several, later };

// «--ой»: letters to take off the end, then what to add.
struct Change {
  size_t drop = 0;
  std::string add;
  bool unknown = false;  // «?»: two ways are right, for different families
};

struct Rule {
  Gender gender = Gender::unknown;  // unknown = for both
  std::vector<std::string> tests;
  std::array<Change, case_count - 1> changes;
  bool first_word_only = false;
};

struct PartRules {
  std::vector<Rule> exceptions;  // match the whole word
  std::vector<Rule> suffixes;
};

struct GenderEnding {
  std::string ending;
  Gender gender = Gender::unknown;
};

struct PartGenders {
  std::vector<GenderEnding> exceptions;
  std::vector<GenderEnding> suffixes;  // longest first
};

constexpr std::array<const char*, 3> part_keys = {"lastname", "firstname", "middlename"};

Gender read_gender(std::string_view word) {
  return word == "female" ? Gender::female : word == "male" ? Gender::male : Gender::unknown;
}

void append_rules(std::vector<Rule>& rules, const Value& source) {
  for (const Value& entry : source.list()) {
    Rule rule;
    rule.gender = read_gender(entry.at("gender").text());
    for (const Value& test : entry.at("test").list())
      rule.tests.push_back(test.text());
    const List& mods = entry.at("mods").list();
    for (size_t i = 0; i < rule.changes.size() && i < mods.size(); ++i) {
      const std::string& mod = mods[i].text();
      rule.changes[i].unknown = mod == "?";
      if (mod == "." || mod == "?") continue;
      rule.changes[i].drop = std::min(mod.find_first_not_of('-'), mod.size());
      rule.changes[i].add = mod.substr(rule.changes[i].drop);
    }
    for (const Value& tag : entry.at("tags").list())
      rule.first_word_only |= tag.text() == "first_word";
    rules.push_back(std::move(rule));
  }
}

std::array<PartRules, 3> compile_rules() {
  std::array<PartRules, 3> compiled;
  for (const char* text : {own_corrections, petrovich_rules}) {
    const Value source = parse_json(text);
    for (size_t i = 0; i < compiled.size(); ++i) {
      append_rules(compiled[i].exceptions, source.at(part_keys[i]).at("exceptions"));
      append_rules(compiled[i].suffixes, source.at(part_keys[i]).at("suffixes"));
    }
  }
  return compiled;
}

void append_endings(std::vector<GenderEnding>& endings, const Value& source) {
  for (const auto& [gender, words] : source.map())
    for (const Value& word : words.list())
      endings.push_back({word.text(), read_gender(gender)});
}

std::array<PartGenders, 3> compile_genders() {
  std::array<PartGenders, 3> compiled;
  const Value document = parse_json(petrovich_gender);
  for (size_t i = 0; i < compiled.size(); ++i) {
    const Value& source = document.at("gender").at(part_keys[i]);
    append_endings(compiled[i].exceptions, source.at("exceptions"));
    append_endings(compiled[i].suffixes, source.at("suffixes"));
    // «коля» (male) must be asked before «ля» (female).
    std::stable_sort(compiled[i].suffixes.begin(), compiled[i].suffixes.end(),
                     [](const auto& a, const auto& b) { return a.ending.size() > b.ending.size(); });
  }
  return compiled;
}

const Rule* find_rule(const PartRules& rules, const std::string& lower, Word place, Gender gender) {
  const auto allowed = [&](const Rule& rule) {
    return (rule.gender == Gender::unknown || rule.gender == gender) &&
           (!rule.first_word_only || place == Word::first_of_several);
  };
  for (const Rule& rule : rules.exceptions)
    if (allowed(rule) && std::find(rule.tests.begin(), rule.tests.end(), lower) != rule.tests.end()) return &rule;
  for (const Rule& rule : rules.suffixes)
    if (allowed(rule) && std::any_of(rule.tests.begin(), rule.tests.end(),
                                     [&](const std::string& test) { return lower.ends_with(test); }))
      return &rule;
  return nullptr;
}

// Both names of ё: data and people write either.
std::string without_yo(const std::string& lower) { return replace_all(lower, "ё", "е"); }

std::string apply(const Change& change, const std::string& word) {
  if (change.drop == 0 && change.add.empty()) return word;
  std::u32string letters = to_u32(word);
  const bool capitals = letters.size() > 1 && is_upper(letters[0]) && is_upper(letters[1]);
  letters.resize(letters.size() - std::min(change.drop, letters.size()));
  const std::string changed = to_utf8(letters) + change.add;
  return capitals ? to_upper(changed) : changed;
}

std::optional<std::string> decline_word(const PartRules& rules, const std::string& word, Word place, Case target,
                                        Gender gender) {
  const std::string lower = to_lower(word);
  const Rule* rule = find_rule(rules, lower, place, gender);
  if (rule == nullptr) rule = find_rule(rules, without_yo(lower), place, gender);
  if (rule == nullptr) return std::nullopt;
  const Change& change = rule->changes[static_cast<size_t>(target) - 1];
  return change.unknown ? std::nullopt : std::optional(apply(change, word));
}

Gender find_gender(const PartGenders& genders, const std::string& lower, bool& found) {
  found = true;
  for (const GenderEnding& entry : genders.exceptions)
    if (entry.ending == lower) return entry.gender;
  for (const GenderEnding& entry : genders.suffixes)
    if (lower.ends_with(entry.ending)) return entry.gender;
  found = false;
  return Gender::unknown;
}

}  // namespace

std::optional<std::string> decline_by_rules(NamePart part, const std::string& word, Case target, Gender gender) {
  if (target == Case::nominative) return word;
  static const std::array<PartRules, 3> compiled = compile_rules();
  const PartRules& rules = compiled[static_cast<size_t>(part)];
  const std::vector<std::string_view> pieces = split(word, '-');
  std::vector<std::string> declined;
  for (size_t i = 0; i < pieces.size(); ++i) {
    const Word place = pieces.size() == 1 ? Word::only : i == 0 ? Word::first_of_several : Word::later;
    auto piece = decline_word(rules, std::string(pieces[i]), place, target, gender);
    if (!piece) return std::nullopt;
    declined.push_back(std::move(*piece));
  }
  return join(declined, "-");
}

Gender gender_by_rules(NamePart part, std::string_view word) {
  static const std::array<PartGenders, 3> compiled = compile_genders();
  const PartGenders& genders = compiled[static_cast<size_t>(part)];
  const std::string lower = to_lower(word);
  bool found = false;
  const Gender gender = find_gender(genders, lower, found);
  return found ? gender : find_gender(genders, without_yo(lower), found);
}

}  // namespace vekha::russian
