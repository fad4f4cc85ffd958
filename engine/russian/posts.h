// Posts in any case: only the head words decline («начальнику отдела общего образования»).
#pragma once

#include <string_view>

#include "russian/cases.h"

namespace vekha::russian {

// A post given in the nominative, singular or plural, in a case. Several posts joined by a comma, «и» or a dash decline
// each. A post keeps its own gender whoever holds it («методисту Ивановой»). «И.о. …» stays as it is.
// A head that the table does not know comes back unchanged and uncertain.
Declined decline_post(std::string_view post, Case target);

}  // namespace vekha::russian
