// WorldTokens: every string of the generated world that is worth a token. Pure;
// any thread.

#ifndef DATASETS_WORLD_TOKENS_H_
#define DATASETS_WORLD_TOKENS_H_

#include <string>
#include <vector>

namespace datasets {

// Strings for a byte-level tokenizer that takes the longest match, each once,
// in a fixed order, none of one byte: ArithmeticTokens(), then the pieces of
// the R1 form, of puzzles and of general prompts and replies. Arithmetic in the
// R1-Zero form and in none is cut into the same tokens as with
// ArithmeticTokens().
[[nodiscard]] std::vector<std::string> WorldTokens();

}  // namespace datasets

#endif  // DATASETS_WORLD_TOKENS_H_
