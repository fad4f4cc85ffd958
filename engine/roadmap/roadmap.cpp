#include "roadmap/roadmap.h"

#include "roadmap/reading.h"
#include "roadmap/schedule_reading.h"

namespace vekha::roadmap {
namespace {

Value or_null(const std::optional<int>& number) { return number ? Value(*number) : Value(); }
Value day(const std::optional<Date>& date) { return date ? Value(to_iso(*date)) : Value(); }

template <class T>
Value list_of(const std::vector<T>& all) {
  List list;
  for (const T& one : all)
    list.push_back(to_value(one));
  return list;
}

Item read_item(const Reading& reading) {
  Item item;
  item.number = reading.text("number");
  item.title = reading.text("title");
  for (const Reading& part : reading.maps("parts"))
    item.parts.push_back(part.text("text"));
  if (const auto deadline = reading.map("deadline")) item.deadline = read_schedule(*deadline);
  item.responsible_text = reading.text("responsible_text");
  for (const Reading& party : reading.maps("responsible"))
    item.responsible.push_back(
        {party.text("text"), party.text("name"), party.text("post"), party.text("organization"), party.truth("group")});
  item.indicator_text = reading.text("indicator_text");
  for (const Reading& indicator : reading.maps("indicators"))
    item.indicators.push_back(
        {indicator.text("text"), indicator.text("comparison"), indicator.decimal("value"), indicator.text("unit")});
  item.mark_text = reading.text("mark_text");
  for (const Reading& mark : reading.maps("marks"))
    item.marks.push_back({mark.text("text"), mark.truth("done"), mark.integer("year"), mark.integer("part")});
  if (const auto where = reading.map("where")) {
    item.where.file = where->text("file");
    item.where.line = where->integer("line").value_or(0);
    item.where.column = where->integer("column").value_or(0);
    item.where.place = where->text("place");
  }
  return item;
}

}  // namespace

static Value to_value(const PrintedMark& mark) {
  return Map{{"text", mark.text}, {"done", mark.done}, {"year", or_null(mark.year)}, {"part", or_null(mark.part)}};
}

static Value to_value(const Indicator& indicator) {
  return Map{{"text", indicator.text},
             {"comparison", indicator.comparison},
             {"value", indicator.value ? Value(*indicator.value) : Value()},
             {"unit", indicator.unit}};
}

static Value to_value(const PassportRow& row) { return Map{{"name", row.name}, {"value", row.value}}; }

static Value to_value(const PrintedOrder& order) {
  return Map{{"number", order.number},
             {"date", day(order.date)},
             {"place", order.place},
             {"signer", Map{{"name", order.signer.name}, {"post", order.signer.post}}}};
}

size_t Roadmap::item_count() const {
  size_t count = 0;
  for (const Section& section : sections)
    count += section.items.size();
  return count;
}

Value to_value(const Party& party) {
  return Map{{"text", party.text},
             {"name", party.name},
             {"post", party.post},
             {"organization", party.organization},
             {"group", party.group}};
}

Value to_value(const Item& item) {
  List parts;
  for (const std::string& part : item.parts)
    parts.emplace_back(Map{{"text", part}});
  Map where{{"line", item.where.line}, {"column", item.where.column}};
  if (!item.where.place.empty()) where.set("place", item.where.place);
  return Map{{"number", item.number},
             {"title", item.title},
             {"parts", std::move(parts)},
             {"deadline", to_value(item.deadline)},
             {"responsible_text", item.responsible_text},
             {"responsible", list_of(item.responsible)},
             {"indicator_text", item.indicator_text},
             {"indicators", list_of(item.indicators)},
             {"mark_text", item.mark_text},
             {"marks", list_of(item.marks)},
             {"where", std::move(where)}};
}

static Value to_value(const Section& section) {
  return Map{
      {"number", section.number}, {"title", section.title}, {"task", section.task}, {"items", list_of(section.items)}};
}

Value to_value(const Roadmap& roadmap) {
  List preface;
  for (const std::string& paragraph : roadmap.preface)
    preface.emplace_back(paragraph);
  return Map{{"title", roadmap.title},
             {"period", roadmap.period
                            ? Value(Map{{"start", to_iso(roadmap.period->start)}, {"end", to_iso(roadmap.period->end)}})
                            : Value()},
             {"organization", roadmap.organization},
             {"order", roadmap.order ? to_value(*roadmap.order) : Value()},
             {"passport", list_of(roadmap.passport)},
             {"preface", std::move(preface)},
             {"sections", list_of(roadmap.sections)}};
}

Item item_from_value(const Value& value) { return read_item(Reading(value, "item")); }

Roadmap roadmap_from_value(const Value& value) {
  const Reading reading(value, "");
  Roadmap roadmap;
  roadmap.title = reading.text("title");
  if (const auto period = reading.map("period")) {
    const std::optional<Date> start = period->date("start"), end = period->date("end");
    if (!start) period->fail("start", "день вида 2022-12-09");
    if (!end || *end < *start) period->fail("end", "день вида 2022-12-09 не раньше начала");
    roadmap.period = Period{*start, *end};
  }
  roadmap.organization = reading.text("organization");
  if (const auto order = reading.map("order")) {
    roadmap.order.emplace();
    roadmap.order->number = order->text("number");
    roadmap.order->date = order->date("date");
    roadmap.order->place = order->text("place");
    if (const auto signer = order->map("signer")) roadmap.order->signer = {signer->text("name"), signer->text("post")};
  }
  for (const Reading& row : reading.maps("passport"))
    roadmap.passport.push_back({row.text("name"), row.text("value")});
  roadmap.preface = reading.texts("preface");
  for (const Reading& entry : reading.maps("sections")) {
    Section& section = roadmap.sections.emplace_back();
    section.number = entry.text("number");
    section.title = entry.text("title");
    section.task = entry.text("task");
    for (const Reading& item : entry.maps("items"))
      section.items.push_back(read_item(item));
  }
  return roadmap;
}

}  // namespace vekha::roadmap
