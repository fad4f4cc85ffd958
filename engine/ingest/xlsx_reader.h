// Excel workbooks: the visible sheets, merged cells, dates as Excel shows them. Source: ISO/IEC 29500-1, part 18.
#pragma once

#include <string>

#include "ingest/doubts.h"
#include "ingest/sheet.h"
#include "opc/package.h"

namespace vekha::ingest {

bool is_xlsx(const opc::Package& package);

// Hidden sheets are left out and told; hidden rows are read and told: a filter hides what the plan still says. Of a
// formula its last result is read. Places are «лист «План», ячейка B7».
// Errors: unreadable, for a broken workbook and for sheets wider than any table.
Sheet read_xlsx(const opc::Package& package, const std::string& file, Doubts& doubts);

}  // namespace vekha::ingest
