// OpenDocument texts and spreadsheets (ODT, ODS). Source: ISO/IEC 26300-1.
#pragma once

#include <string>

#include "ingest/doubts.h"
#include "ingest/sheet.h"
#include "opc/package.h"

namespace vekha::ingest {

bool is_odf(const opc::Package& package);

// Deleted text of tracked changes, footnotes and pictures are left out; automatic numbers of lists are counted.
// Errors: unreadable, for an encrypted or broken document.
Sheet read_odf(const opc::Package& package, const std::string& file, Doubts& doubts);

}  // namespace vekha::ingest
