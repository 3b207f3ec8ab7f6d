#include "datasets/world_tokens.h"

#include "datasets/general_intent.h"
#include "datasets/prompt_template.h"
#include "datasets/puzzle_text.h"
#include "datasets/response_form.h"
#include "datasets/token_list.h"

namespace datasets {

std::vector<std::string> WorldTokens() {
  TokenList tokens;
  for (const auto& part : {ArithmeticTokens(), ResponsePieces(), PuzzlePieces(),
                           GeneralPieces()}) {
    for (const std::string& token : part) tokens.Add(token);
  }
  return tokens.Finish();
}

}  // namespace datasets
