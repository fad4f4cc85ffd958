#include "russian/posts.h"

#include "base/text.h"
#include "russian/words.h"

namespace vekha::russian {
namespace {

const NounTable& post_nouns() {
  using enum NounClass;
  static constexpr NounRow rows[] = {
      {"начальник", velar},
      {"заместитель", soft},
      {"директор", hard, nullptr, "директора"},
      {"методист"},
      {"специалист"},
      {"руководитель", soft},
      {"секретарь", soft_stressed},
      {"делопроизводитель", soft},
      {"тьютор"},
      {"учитель", soft, nullptr, "учителя"},
      {"преподаватель", soft},
      {"воспитатель", soft},
      {"педагог", velar},
      {"психолог", velar},
      {"логопед"},
      {"дефектолог", velar},
      {"социолог", velar},
      {"организатор"},
      {"библиотекарь", soft},
      {"председатель", soft},
      {"сопредседатель", soft},
      {"инспектор", hard, nullptr, "инспектора"},
      {"консультант"},
      {"бухгалтер"},
      {"юрисконсульт"},
      {"юрист"},
      {"экономист"},
      {"программист"},
      {"инженер"},
      {"техник", velar},
      {"аналитик", velar},
      {"статистик", velar},
      {"координатор"},
      {"куратор"},
      {"наставник", velar},
      {"модератор"},
      {"администратор"},
      {"оператор"},
      {"диспетчер"},
      {"лаборант"},
      {"мастер", hard, nullptr, "мастера"},
      {"тренер"},
      {"инструктор"},
      {"хореограф"},
      {"концертмейстер"},
      {"документовед"},
      {"архивариус"},
      {"редактор"},
      {"корреспондент"},
      {"переводчик", velar},
      {"дизайнер"},
      {"эксперт"},
      {"ревизор"},
      {"контролёр"},
      {"менеджер"},
      {"помощник", velar},
      {"референт"},
      {"советник", velar},
      {"представитель", soft},
      {"уполномоченный", adjective},
      {"заведующий", adjective},
      {"исполняющий", adjective},
      {"управляющий", adjective},
      {"ответственный", adjective},
      {"вожатый", adjective},
      {"дежурный", adjective},
      {"служащий", adjective},
      {"рабочий", adjective},
      {"исполнитель", soft},
      {"сотрудник", velar},
      {"работник", velar},
      {"член"},
      {"участник", velar},
      {"составитель", soft},
      {"разработчик", velar},
      {"глава", feminine},
      {"министр"},
      {"мэр"},
      {"президент"},
      {"ректор"},
      {"проректор"},
      {"декан"},
      {"доцент"},
      {"профессор", hard, nullptr, "профессора"},
      {"ассистент"},
      {"аспирант"},
      {"завуч", hushing},
      {"завхоз"},
      {"комендант"},
      {"кладовщик", velar},
      {"кадровик", velar},
      {"кассир"},
      {"водитель", soft},
      {"врач", hushing_stressed},
      {"фельдшер"},
      {"сторож", hushing, nullptr, "сторожа"},
      {"машинистка", feminine_velar, nullptr, nullptr, "машинисток"},
  };
  static const NounTable table(rows, Animacy::animate);
  return table;
}

// «И.о.», «врио»: such abbreviations do not decline, and neither does what follows them.
bool is_abbreviated_acting(std::string_view post) {
  const std::string lower = to_lower(trim(post));
  for (const char* word : {"ио ", "врио ", "врип "})
    if (lower.starts_with(word)) return true;
  const std::string closed = replace_all(replace_all(lower, no_break_space, " "), " ", "");
  return closed.starts_with("и.о.") || closed.starts_with("вр.и.о.");
}

enum class Link { none, comma, conjunction };

// Whether the piece joins a further post: «, », « – », «и».
Link link_of(const Piece& piece) {
  if (piece.kind == Piece::Kind::word) {
    const std::string lower = to_lower(piece.text);
    return lower == "и" || lower == "или" ? Link::conjunction : Link::none;
  }
  const std::string_view text = trim(piece.text);
  return text == "," || text == ";" || text == "/" || text == "-" || text == "–" || text == "—" ? Link::comma
                                                                                                : Link::none;
}

// The nominative plural that is a genitive singular too: «директора».
bool is_ambiguous_plural(const Head& head) {
  return head.reading.agreement == Agreement::plural && head.first == head.noun &&
         (head.reading.forms[0].ends_with("а") || head.reading.forms[0].ends_with("я"));
}

int count_of(std::string_view text, std::string_view sign) {
  int count = 0;
  for (size_t at = text.find(sign); at != std::string_view::npos; at = text.find(sign, at + sign.size()))
    ++count;
  return count;
}

}  // namespace

Declined decline_post(std::string_view post, Case target) {
  if (target == Case::nominative || is_abbreviated_acting(post)) return {std::string(post)};
  const NounTable& nouns = post_nouns();
  std::vector<Piece> pieces = split_phrase(post);
  size_t at = !pieces.empty() && pieces[0].kind == Piece::Kind::gap ? 1 : 0;
  if (at + 2 < pieces.size() && to_lower(pieces[at].text) == "временно") at += 2;
  const auto head = find_head(pieces, at, nouns);
  if (!head) return {std::string(post), false};

  Declined result;
  const bool plural = head->reading.agreement == Agreement::plural;
  decline_head(pieces, *head, nouns.animacy(), target);
  size_t last_noun = head->noun;
  int depth = 0;  // inside quotes and brackets nothing is a post
  for (at = head->noun + 1; at < pieces.size(); ++at) {
    const std::string& text = pieces[at].text;
    depth += count_of(text, "«") + count_of(text, "(") - count_of(text, "»") - count_of(text, ")");
    const Link link = link_of(pieces[at]);
    if (depth > 0 || link == Link::none) continue;
    const size_t next = at + (link == Link::conjunction ? 2 : 1);
    const auto further = find_head(pieces, next, nouns);
    if (!further || (further->reading.agreement == Agreement::plural) != plural) continue;
    // «заместители начальника и директора»: one director or all of them?
    const bool adjacent = at == last_noun + (link == Link::conjunction ? 2 : 1);
    if (is_ambiguous_plural(*further) && !adjacent) {
      result.certain = false;
      continue;
    }
    decline_head(pieces, *further, nouns.animacy(), target);
    last_noun = at = further->noun;
  }
  result.text = join_phrase(pieces);
  return result;
}

}  // namespace vekha::russian
