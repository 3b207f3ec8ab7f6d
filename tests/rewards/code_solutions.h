// CodeSolution: how a problem of HumanEval is solved in another language, for
// tests. In our own words: MultiPL-E has none.

#ifndef TESTS_REWARDS_CODE_SOLUTIONS_H_
#define TESTS_REWARDS_CODE_SOLUTIONS_H_

#include <string_view>
#include <vector>

namespace rewards {

struct CodeSolution {
  std::string_view problem;  // its published name
  std::string_view body;     // what follows the question: right
  std::string_view right;    // with this, of which there is one,
  std::string_view wrong;    // as that it is wrong
};

// One of each: bool of floats and of a map, float, a tuple, an optional number
// and text, lists of lists, a map.
extern const std::vector<CodeSolution> kBashSolutions;
extern const std::vector<CodeSolution> kCppSolutions;
extern const std::vector<CodeSolution> kCSharpSolutions;
extern const std::vector<CodeSolution> kJavaSolutions;
extern const std::vector<CodeSolution> kJavaScriptSolutions;
extern const std::vector<CodeSolution> kPhpSolutions;
extern const std::vector<CodeSolution> kTypeScriptSolutions;

}  // namespace rewards

#endif  // TESTS_REWARDS_CODE_SOLUTIONS_H_
