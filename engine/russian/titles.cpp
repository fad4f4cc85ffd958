#include "russian/titles.h"

#include "base/text.h"
#include "russian/words.h"

namespace vekha::russian {
namespace {

const NounTable& title_nouns() {
  using enum NounClass;
  static constexpr NounRow rows[] = {
      {"план"},
      {"карта", feminine},
      {"программа", feminine},
      {"подпрограмма", feminine},
      {"мероприятие", neuter_iye},
      {"мера", feminine},
      {"комплекс"},
      {"проект"},
      {"информация", feminine_iya},
      {"положение", neuter_iye},
      {"перечень", soft, "перечн"},
      {"порядок", velar, "порядк"},
      {"список", velar, "списк"},
      {"концепция", feminine_iya},
      {"стратегия", feminine_iya},
      {"инструкция", feminine_iya},
      {"рекомендация", feminine_iya},
      {"справка", feminine_velar, nullptr, nullptr, "справок"},
      {"записка", feminine_velar, nullptr, nullptr, "записок"},
      {"заявка", feminine_velar, nullptr, nullptr, "заявок"},
      {"методика", feminine_velar},
      {"сетка", feminine_velar, nullptr, nullptr, "сеток"},
      {"система", feminine},
      {"циклограмма", feminine},
      {"схема", feminine},
      {"форма", feminine},
      {"смета", feminine},
      {"анкета", feminine},
      {"модель", feminine_soft},
      {"регламент"},
      {"состав"},
      {"график", velar},
      {"отчёт"},
      {"доклад"},
      {"анализ"},
      {"обзор"},
      {"мониторинг", velar},
      {"паспорт", hard, nullptr, "паспорта"},
      {"стандарт"},
      {"реестр"},
      {"журнал"},
      {"лист"},
      {"протокол"},
      {"договор"},
      {"устав"},
      {"приказ"},
      {"показатель", soft},
      {"критерий", iot},
      {"результат"},
      {"итог", velar},
      {"письмо", neuter, nullptr, nullptr, "писем"},
      {"приложение", neuter_iye},
      {"решение", neuter_iye},
      {"распоряжение", neuter_iye},
      {"постановление", neuter_iye},
      {"соглашение", neuter_iye},
      {"изменение", neuter_iye},
      {"дополнение", neuter_iye},
      {"задание", neuter_iye},
      {"сведение", neuter_iye},
      {"правило", neuter, nullptr, nullptr, "правил"},
      {"требование", neuter_iye},
  };
  static const NounTable table(rows, Animacy::inanimate);
  return table;
}

std::optional<Head> head_of(const std::vector<Piece>& pieces) {
  const size_t first = !pieces.empty() && pieces[0].kind == Piece::Kind::gap ? 1 : 0;
  // «12. План»: a number is no title word; quotes before the head are usual.
  return find_head(pieces, first, title_nouns());
}

// The second name in brackets, right behind the head or behind a word or two of it: «План мероприятий («дорожная
// карта»)». Behind «Информация о ходе …» it belongs to other words.
std::optional<Head> head_in_brackets(const std::vector<Piece>& pieces, const Head& head) {
  const std::string noun = to_lower(pieces[head.noun].text);
  for (const char* other : {"информация", "отчёт", "отчет", "справка", "приказ", "письмо", "протокол"})
    if (noun == other) return std::nullopt;
  constexpr size_t farthest = 5;  // two words and the gaps around them
  for (size_t at = head.noun + 1; at + 1 < pieces.size() && at <= head.noun + farthest; at += 2)
    if (pieces[at].text.find('(') != std::string::npos) return find_head(pieces, at + 1, title_nouns());
  return std::nullopt;
}

// «Программа и план мероприятий …».
std::optional<Head> head_after_and(const std::vector<Piece>& pieces, const Head& head) {
  const size_t conjunction = head.noun + 2;
  if (conjunction + 2 >= pieces.size() || to_lower(pieces[conjunction].text) != "и") return std::nullopt;
  return find_head(pieces, conjunction + 2, title_nouns());
}

std::string with_small_letter(const std::string& word) {
  const std::u32string letters = to_u32(word);
  return letters.size() > 1 && is_upper(letters[1]) ? word : uncapitalize(word);
}

}  // namespace

std::optional<std::string> title_of_reported(std::string_view title) {
  const std::string folded = fold_space(title), lower = to_lower(folded);
  size_t at = std::string::npos;
  for (const char* report : {"информация о ", "отчёт о ", "отчет о ", "сведения о "})
    if (lower.starts_with(report)) at = std::string_view(report).size();
  if (at == std::string::npos) return std::nullopt;
  if (lower.compare(at, std::string_view("ходе ").size(), "ходе ") == 0) at += std::string_view("ходе ").size();
  const size_t before = at;
  for (const char* doing : {"выполнении ", "выполнения ", "реализации ", "исполнении ", "исполнения "})
    if (lower.compare(at, std::string_view(doing).size(), doing) == 0) at = before + std::string_view(doing).size();
  if (at == before) return std::nullopt;
  // Back from the genitive: adjectives by their endings, the noun by trying; declining again must give what was there.
  std::vector<Piece> pieces = split_phrase(std::string_view(folded).substr(at));
  static constexpr std::pair<const char*, const char*> endings[] = {
      {"ых", "ые"}, {"их", "ие"}, {"ого", "ый"}, {"ой", "ая"}};
  static constexpr std::pair<const char*, const char*> nouns[] = {
      {"мероприятий", "мероприятия"}, {"плана", "план"}, {"карты", "карта"},   {"программы", "программа"},
      {"комплекса", "комплекс"},      {"мер", "меры"},   {"проекта", "проект"}};
  std::string was, is;
  for (Piece& piece : pieces) {
    if (piece.kind == Piece::Kind::gap) {
      was += piece.text;
      is += piece.text;
      continue;
    }
    const std::string word = to_lower(piece.text);
    was += word;
    for (const auto& [genitive, nominative] : nouns)
      if (word == genitive) {
        piece.text = nominative;
        is += piece.text;
        if (decline_title(is, Case::genitive) != Declined{was}) return std::nullopt;
        return capitalize(join_phrase(pieces));
      }
    const char* found = nullptr;
    for (const auto& [genitive, nominative] : endings)
      if (word.ends_with(genitive)) {
        piece.text = word.substr(0, word.size() - std::string_view(genitive).size()) + nominative;
        found = nominative;
        break;
      }
    if (!found) return std::nullopt;
    is += piece.text;
  }
  return std::nullopt;
}

Declined decline_title(std::string_view title, Case target) {
  std::vector<Piece> pieces = split_phrase(title);
  const auto head = head_of(pieces);
  if (!head) return {std::string(title), false};
  const auto second = head_in_brackets(pieces, *head);
  const auto joined = head_after_and(pieces, *head);
  decline_head(pieces, *head, Animacy::inanimate, target);
  if (second) decline_head(pieces, *second, Animacy::inanimate, target);
  if (joined) decline_head(pieces, *joined, Animacy::inanimate, target);
  // A title that opens with a quotation mark keeps its capital.
  if (head->first == 0) pieces[0].text = with_small_letter(pieces[0].text);
  return {join_phrase(pieces)};
}

std::optional<Agreement> title_agreement(std::string_view title) {
  const std::vector<Piece> pieces = split_phrase(title);
  const auto head = head_of(pieces);
  if (!head) return std::nullopt;
  return head_after_and(pieces, *head) ? Agreement::plural : head->reading.agreement;
}

Declined agree_with_title(std::string_view adjective, std::string_view title, Case target) {
  const auto agreement = title_agreement(title);
  return {agree_adjective(adjective, agreement.value_or(Agreement::neuter), Animacy::inanimate, target),
          agreement.has_value()};
}

Declined approved_heading(std::string_view title) {
  const auto agreement = title_agreement(title);
  switch (agreement.value_or(Agreement::neuter)) {
    case Agreement::masculine: return {"УТВЕРЖДЁН", true};
    case Agreement::feminine: return {"УТВЕРЖДЕНА", true};
    case Agreement::plural: return {"УТВЕРЖДЕНЫ", true};
    case Agreement::neuter: break;
  }
  return {"УТВЕРЖДЕНО", agreement.has_value()};
}

}  // namespace vekha::russian
