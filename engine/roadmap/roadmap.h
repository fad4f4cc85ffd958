// The plan itself: what a municipal roadmap («дорожная карта») says, as values. No file formats, no I/O.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/diagnostic.h"
#include "base/value.h"
#include "roadmap/schedule.h"

namespace vekha::roadmap {

// Who answers for an item: person? post? organisation? and whether a plural post names a group.
struct Party {
  std::string text;          // as printed
  std::string name;          // «Иванова А.С.», empty where no person is named
  std::string post;          // «методист»
  std::string organization;  // «МКУ «Методический центр»»
  bool group = false;        // «методисты», «руководители РМО»

  bool operator==(const Party&) const = default;
};

// What must exist when the item is done: a document in words, or a number with comparison and unit.
struct Indicator {
  std::string text;
  std::string comparison;  // «>=», «<=», «=», empty for a document
  std::optional<Decimal> value;
  std::string unit;  // «участников», as printed

  bool operator==(const Indicator&) const = default;
};

// What a completion column already says.
struct PrintedMark {
  std::string text;
  bool done = false;
  std::optional<int> year;
  std::optional<int> part;  // 1-based number of the part it belongs to

  bool operator==(const PrintedMark&) const = default;
};

struct Item {
  std::string number;              // as printed, without a final dot: «1.10», «5», may be empty
  std::string title;               // the whole cell, its parts included
  std::vector<std::string> parts;  // list entries inside the cell
  Schedule deadline;
  std::string responsible_text;
  std::vector<Party> responsible;
  std::string indicator_text;
  std::vector<Indicator> indicators;
  std::string mark_text;
  std::vector<PrintedMark> marks;
  Where where;

  bool operator==(const Item&) const = default;
};

struct Section {
  std::string number;  // «1», «II», may be empty
  std::string title;   // empty in a flat plan
  std::string task;    // «Задача: …» where the heading row carries one
  std::vector<Item> items;

  bool operator==(const Section&) const = default;
};

struct PassportRow {
  std::string name;
  std::string value;

  bool operator==(const PassportRow&) const = default;
};

struct Signer {
  std::string name;
  std::string post;

  bool operator==(const Signer&) const = default;
};

// The order that stands before the plan in its file.
struct PrintedOrder {
  std::string number;
  std::optional<Date> date;
  std::string place;
  Signer signer;

  bool operator==(const PrintedOrder&) const = default;
};

struct Roadmap {
  std::string title;
  std::optional<Period> period;
  std::string organization;  // as printed, may be empty
  std::optional<PrintedOrder> order;
  std::vector<PassportRow> passport;
  std::vector<std::string> preface;  // paragraphs before the table that are none of the above: goals, tasks, notes
  std::vector<Section> sections;

  bool operator==(const Roadmap&) const = default;

  size_t item_count() const;
};

// The JSON of `vekha read` (without diagnostics), and back.
// Errors: unreadable, naming the first key that is of the wrong kind.
Value to_value(const Roadmap& roadmap);
Value to_value(const Item& item);
Value to_value(const Party& party);
Roadmap roadmap_from_value(const Value& value);
Item item_from_value(const Value& value);

}  // namespace vekha::roadmap
