// Which row is the head of the plan's table, what its columns hold, and how items and sections are numbered.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/sheet.h"

namespace vekha::ingest {

// `deadline_end` is the second half of a deadline in two columns, «начало» and «окончание».
enum class Column { number, title, deadline, deadline_end, indicator, responsible, mark, other };

// What a column holds, by the words of its heading.
Column column_of(std::string_view heading);
// Each column of a head row; of several with the same meaning the one that says it plainest («Мероприятия» rather than
// «Задачи») is taken, the others are `other`.
std::vector<Column> columns_of(const Row& head);
// The row under a head in two rows: words under some of its columns, nothing under the number and the title.
bool is_second_head(const Row& head, const Row& row);
// A title and a deadline or somebody responsible (both, where the title is not called plainly): nothing else is called
// a plan.
bool is_plan_head(const Row& row);

// «5», «1.10.», «2)», the number alone.
bool is_item_number(std::string_view text);
// Without the final dot or bracket.
std::string item_number(std::string_view text);
// {1, 10} of «1.10»; empty for what is no number.
std::vector<int> number_parts(std::string_view number);

// «II. Показатели», «Раздел 3. Обучение»
struct NumberedTitle {
  std::string number;  // empty where the text begins with none
  std::string title;
};
NumberedTitle numbered_title(std::string_view text);
bool is_roman(std::string_view number);
// The value of an Arabic or Roman number; 0 for other texts.
int section_value(std::string_view number);

}  // namespace vekha::ingest
