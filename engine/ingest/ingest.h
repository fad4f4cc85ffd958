// A file that an office keeps its plan in, read into a Roadmap. What is missing or doubtful is a Diagnostic with its
// place; nothing is mended silently.
//
// bytes → kind → the reader of that kind → Sheet (paragraphs and tables) → the table, the order, the passport → what
// the cells mean. Everything behind the Sheet is the same for every kind of file.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "roadmap/roadmap.h"

namespace vekha::ingest {

struct ReadOptions {
  // The plan's period where the file does not say it, or says it wrongly; else it is taken from the file.
  std::optional<Period> period;
  // A larger file is refused before it is read: a plan with pictures has some megabytes.
  uintmax_t largest_file = 64u << 20;
};

struct ReadResult {
  roadmap::Roadmap roadmap;
  std::vector<Diagnostic> diagnostics;  // in the order of their places
};

// Errors: unreadable, for a file that is empty, cut off, encrypted, too large, of a kind that is not read, or holds no
// table of activities; environment, when it may not be read.
ReadResult read_roadmap(const std::filesystem::path& path, const ReadOptions& options = {});

// The same for bytes at hand; `file` names them in messages. The kind is told by the bytes, not by the name.
ReadResult read_roadmap_bytes(std::string bytes, const std::string& file, const ReadOptions& options = {});

}  // namespace vekha::ingest
