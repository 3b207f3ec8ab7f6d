// TokenList: strings worth a token, each once, in the order they came. Not
// thread-safe.

#ifndef DATASETS_TOKEN_LIST_H_
#define DATASETS_TOKEN_LIST_H_

#include <string>
#include <string_view>
#include <vector>

namespace datasets {

class TokenList {
 public:
  // Takes `token`, unless it is there or shorter than two bytes: a single byte
  // is a token already.
  void Add(std::string_view token);

  // Adds every character of `utf8` that is not ASCII.
  void AddCharacters(std::string_view utf8);

  // Adds the constant pieces of `phrase` (phrase.h).
  void AddPieces(std::string_view phrase);

  [[nodiscard]] std::vector<std::string> Finish() { return std::move(tokens_); }

 private:
  std::vector<std::string> tokens_;
};

}  // namespace datasets

#endif  // DATASETS_TOKEN_LIST_H_
