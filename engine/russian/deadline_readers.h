// The parts of a deadline phrase, one reader for each. A reader that succeeds adds to the phrase and moves the cursor
// past what it took; one that fails leaves both as they were.
#pragma once

#include <vector>

#include "russian/deadline_cursor.h"
#include "russian/deadline_grammar.h"

namespace vekha::russian {

// «апрель–май 2021 г.», «с 10 по 15 марта», «март, октябрь 2021», «II квартал», «2020–2022 гг.»
bool read_stretches(Cursor& c, Phrase& phrase);
// «кроме июля и августа»
bool read_exception(Cursor& c, Phrase& phrase);

// «не реже 1 раза в квартал», «ежегодно», «каждое полугодие»
bool read_frequency(Cursor& c, Phrase& phrase);
// «до 10 числа каждого месяца», «не позднее 5 числа месяца, следующего за отчётным кварталом»
bool read_due_day(Cursor& c, Phrase& phrase);
// «каждую среду», «последняя пятница месяца», «по понедельникам»
bool read_weekday(Cursor& c, Phrase& phrase);

// «по мере необходимости», «по запросам школ»
bool read_demand(Cursor& c, Phrase& phrase);
// «по отдельному графику», «в соответствии с планом работы комитета»
bool read_timetable(Cursor& c, Phrase& phrase);
// «в течение 10 рабочих дней со дня …», «через месяц после …», «за 5 дней до …»
bool read_relative(Cursor& c, Phrase& phrase);
// «в трёхдневный срок со дня …»
bool read_day_term(Cursor& c, Phrase& phrase);
// «после утверждения программы», «по итогам мониторинга»
bool read_event(Cursor& c, Phrase& phrase);
// «ориентировочно», «предварительно»
bool read_hedge(Cursor& c, Phrase& phrase);
// «в течение всего периода», «до конца учебного года»
bool read_whole(Cursor& c, Phrase& phrase);
// «постоянно», «на постоянной основе», «регулярно»
bool read_continuous(Cursor& c, Phrase& phrase);

}  // namespace vekha::russian
