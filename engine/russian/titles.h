// Titles of plans and papers in any case, and what agrees with them («дорожную карту», УТВЕРЖДЕНА).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "russian/cases.h"

namespace vekha::russian {

// What a report reports on, as a title of its own: «Основные мероприятия («дорожная карта») по …» from «Информация о
// выполнении основных мероприятий («дорожная карта») по …». nullopt for what is no report on execution, and for a head
// that the table does not know.
std::optional<std::string> title_of_reported(std::string_view title);

// A title given in the nominative as it stands inside a sentence: a small first letter, the head words in the case, the
// rest as it is. «План мероприятий («дорожная карта») по …» declines in the brackets too.
// A head that the table does not know comes back unchanged (its first letter too) and uncertain.
Declined decline_title(std::string_view title, Case target);

// What the head of the title makes others agree in; nullopt for an unknown head.
std::optional<Agreement> title_agreement(std::string_view title);

// A word in agreement with the title: a masculine adjective or participle («прилагаемый», «утверждённый») in a case.
// For an unknown head the neuter («утверждённое»), uncertain.
Declined agree_with_title(std::string_view adjective, std::string_view title, Case target);

// The first word of an appendix head: УТВЕРЖДЁН, УТВЕРЖДЕНА, УТВЕРЖДЕНО, УТВЕРЖДЕНЫ.
// For an unknown head УТВЕРЖДЕНО, uncertain.
Declined approved_heading(std::string_view title);

}  // namespace vekha::russian
