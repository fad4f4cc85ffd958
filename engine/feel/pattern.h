// Regular expressions of matches, replace and split: a small backtracking matcher over code points whose work is
// counted, so that no pattern can take unbounded time. Supported: . [a-z] [^…] \d \s \w and their capitals, ( ) (?: ) |
// * + ? {n,m} and their lazy forms, ^ $, flags i s m x. Source: XPath and XQuery Functions 3.1, 5.6 (without character
// class subtraction and \p{…}).
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vekha::feel {

using Charge = std::function<void(size_t)>;

// nullopt for a pattern or flags that are not understood.
std::optional<bool> matches_pattern(std::string_view text, std::string_view pattern, std::string_view flags,
                                    const Charge& charge);
std::optional<std::string> replace_pattern(std::string_view text, std::string_view pattern,
                                           std::string_view replacement, std::string_view flags, const Charge& charge);
std::optional<std::vector<std::string>> split_by_pattern(std::string_view text, std::string_view pattern,
                                                         const Charge& charge);

}  // namespace vekha::feel
