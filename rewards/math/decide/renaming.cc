#include "rewards/math/decide/renaming.h"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "rewards/math/decide/equal_terms.h"
#include "rewards/math/decide/terms.h"
#include "rewards/math/decide/verdicts.h"

namespace rewards::math {

Decision DecideRenamed(Context* context, TermRef gold, TermRef answer) {
  std::vector<std::string_view> to = SymbolsOf(gold);
  const std::vector<std::string_view> from = SymbolsOf(answer);
  if (to.size() != from.size() || to.empty() || to.size() > kMaxRenamed) {
    return Undecided("other variables");
  }
  do {  // `to` is sorted: all its orders
    std::vector<std::pair<std::string_view, std::string_view>> names;
    for (std::size_t i = 0; i < to.size(); ++i)
      names.emplace_back(from[i], to[i]);
    const auto renamed = Rename(context, answer, names);
    if (!renamed) return Undecided("out of work");
    const Decision same = EqualTerms(context, gold, *renamed);
    if (IsEqual(same)) return Under("renaming", same);
  } while (std::next_permutation(to.begin(), to.end()));
  return Undecided("other variables");
}

}  // namespace rewards::math
