// Word documents: paragraphs and tables of word/document.xml, merged cells and automatic numbers included.
#pragma once

#include <string>

#include "ingest/sheet.h"
#include "opc/package.h"

namespace vekha::ingest {

bool is_docx(const opc::Package& package);

// Text that revisions delete, hidden text and pictures are left out; text that revisions insert is read. Places are
// told in words («таблица 1, строка 4, графа 2»): Word files have no lines.
// Errors: unreadable, for a package whose document cannot be read.
Sheet read_docx(const opc::Package& package, const std::string& file);

}  // namespace vekha::ingest
