#include "datasets/preference_pairs.h"

#include <algorithm>
#include <cassert>
#include <utility>
#include <vector>

namespace datasets {
namespace {

// Apart from the streams that draw tasks.
constexpr std::uint64_t kPairStream = 0x9A125;

bool Comparable(const std::string& one, const std::string& two) {
  const auto [low, high] = std::minmax({one.size(), two.size()});
  return high <= low * kMaxLengthRatio;
}

GeneralOptions WithoutHarm(GeneralOptions tasks) {
  tasks.refuse = 0.0;
  return tasks;
}

}  // namespace

PreferencePairs::PreferencePairs(GeneralOptions tasks, PromptStyle prompt)
    : tasks_(WithoutHarm(std::move(tasks))),
      prompt_(prompt),
      random_(tasks_.options().seed, kPairStream) {}

PreferencePair PreferencePairs::Next() {
  const GeneralProblem problem = tasks_.NextProblem();
  PreferencePair pair;
  pair.prompt = FormatPrompt(prompt_, Question(problem));
  pair.language = LanguageTag(problem.language);
  const std::vector<std::string> good = GoodReplies(problem);
  pair.chosen = PickOne(good, random_);
  std::vector<std::string> bad = BadReplies(problem, random_);
  std::erase_if(bad, [&pair](const std::string& reply) {
    return !Comparable(reply, pair.chosen);
  });
  // The intent's own bad reply is always comparable (general_corpus_test).
  assert(!bad.empty());
  pair.rejected = PickOne(bad, random_);
  return pair;
}

}  // namespace datasets
