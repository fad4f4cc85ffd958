// The history in plain Russian sentences.
#pragma once

#include <string>

#include "office/office.h"
#include "store/store.h"

namespace vekha::service {

// «Иванова А.С.: «Согласовать проект» – вернуть на доработку: нет сроков.»; empty for an event that says nothing to
// people (a token has moved).
std::string sentence_of(const store::EventRow& event, const office::Office& office);

}  // namespace vekha::service
