// The history in plain Russian sentences.
#pragma once

#include <string>

#include "office/office.h"
#include "store/store.h"

namespace vekha::service {

// «Иванова А.С.: «Согласовать проект» – вернуть на доработку: нет сроков.»; empty for an event that says nothing to
// people (a token has moved). `subject` is what the event's process is about, «мероприятие 1.2», or empty.
std::string sentence_of(const store::EventRow& event, const office::Office& office, const std::string& subject);

}  // namespace vekha::service
