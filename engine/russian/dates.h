// Dates and periods as papers write them, with U+00A0 where a line must not break.
#pragma once

#include <string>

#include "base/date.h"
#include "russian/cases.h"

namespace vekha::russian {

// «9 декабря 2022 г.», no-break before the month and before «г.».
std::string date_in_words(Date date);
// «09.12.2022».
std::string date_in_digits(Date date);

// «декабрь», «декабря»; `month` from 1 to 12.
const std::string& month_name(int month, Case target = Case::nominative);

// The shortest name of a period: «2023 год», «2020–2022 годы», «март 2023 года», «январь – март 2023 года»,
// «сентябрь 2022 года – май 2023 года», «9 декабря 2022 г.», «с 1 марта по 15 апреля 2023 г.».
std::string period_in_words(Period period);
// The same as the tail of a title: «на 2023 год», «на январь – март 2023 года»; spans of days as they are.
std::string period_of_title(Period period);

}  // namespace vekha::russian
