#include "datasets/token_list.h"

#include <algorithm>
#include <cstddef>

#include "datasets/phrase.h"

namespace datasets {

void TokenList::Add(std::string_view token) {
  if (token.size() < 2) return;
  if (std::find(tokens_.begin(), tokens_.end(), token) != tokens_.end()) return;
  tokens_.emplace_back(token);
}

void TokenList::AddCharacters(std::string_view utf8) {
  for (std::size_t at = 0; at < utf8.size();) {
    std::size_t end = at + 1;
    while (end < utf8.size() &&
           (static_cast<unsigned char>(utf8[end]) & 0xC0U) == 0x80U) {
      ++end;
    }
    Add(utf8.substr(at, end - at));
    at = end;
  }
}

void TokenList::AddPieces(std::string_view phrase) {
  WalkPhrase(
      phrase, [this](std::string_view piece) { Add(piece); }, [](char) {});
}

}  // namespace datasets
