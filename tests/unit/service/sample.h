// An office of four, for the tests of the service room.
#pragma once

#include "base/json.h"
#include "office/office.h"

namespace vekha::service {

inline office::Office sample_office() {
  return office::office_from_value(parse_json(R"({
    "time_zone": "Europe/Moscow",
    "organization": {"name": "Муниципальное казённое учреждение «Методический центр»", "short": "МКУ «Методический центр»",
                     "founder": null, "place": "г. Приозёрск", "is_founder_of_schools": false},
    "letterhead": {"order_word": "П Р И К А З", "ordering_verb": "spaced", "date_style": "digits",
                   "signer": "gromov", "clerk": "sokol", "report_to": "belova"},
    "register": {"name": "Журнал регистрации приказов по основной деятельности", "case_index": "01-06",
                 "first_number": 17, "number_format": "{n}"},
    "people": [
      {"id": "gromov", "name": "Громов Лев Ильич", "gender": "male", "post": "директор", "roles": ["руководитель"]},
      {"id": "belova", "name": "Белова Анна Сергеевна", "gender": "female", "post": "начальник отдела",
       "roles": ["начальник отдела"]},
      {"id": "orlova", "name": "Орлова Вера Павловна", "gender": "female", "post": "методист",
       "roles": ["методист", "ответственный исполнитель"]},
      {"id": "sokol", "name": "Сокол Пётр Фомич", "gender": "male", "post": "делопроизводитель",
       "roles": ["делопроизводитель"]}],
    "substitutions": [{"absent": "belova", "deputy": "orlova", "from": "2022-12-05", "to": "2022-12-16",
                       "basis": "приказ от 02.12.2022 № 16-к", "reason": "отпуск"}],
    "mailing": [], "grounds": ["в соответствии с планом работы на 2023 год", "во исполнение решения совета"],
    "goal": "в целях развития наставничества"})"));
}

}  // namespace vekha::service
