#include "rewards/math/decide/integers.h"

#include <algorithm>
#include <iterator>
#include <vector>

#include "rewards/math/decide/terms.h"

namespace rewards::math {
namespace {

constexpr std::string_view kPositive[] = {"Z+", "N+", "N*"};

bool IsPositiveSet(std::string_view name) {
  return std::find(std::begin(kPositive), std::end(kPositive), name) !=
         std::end(kPositive);
}

// The least integer that is not below `end`, by halving.
std::optional<long> CeilingOf(Context* context, TermRef end) {
  long low = -kFarthestInteger;
  long high = kFarthestInteger;
  const auto order = [&](long at) {
    return CompareReals(MakeNumber(context, Rational(at)), end, context->work);
  };
  const auto first = order(low);
  const auto last = order(high);
  if (!first || !last || *first >= 0 || *last < 0) return std::nullopt;
  while (high - low > 1) {
    const long middle = low + (high - low) / 2;
    const auto sign = order(middle);
    if (!sign) return std::nullopt;
    (*sign >= 0 ? high : low) = middle;
  }
  return high;
}

RealSet PositiveReals(Context* context) {
  return RealSet::Above(MakeNumber(context, Rational(0)), /*closed=*/false);
}

std::optional<RealSet> Within(Context* context, const RealSet& set) {
  if (set.empty()) return set;
  const auto ends = set.ends();
  if (!ends) return std::nullopt;
  const auto first = CeilingOf(context, ends->first);
  const auto last = CeilingOf(context, ends->second);
  if (!first || !last || *last - *first >= static_cast<long>(kMaxElements)) {
    return std::nullopt;
  }
  std::vector<TermRef> points;
  for (long i = *first; i <= *last; ++i) {
    points.push_back(MakeNumber(context, Rational(i)));
  }
  const std::size_t count = points.size();
  const RealSet integers(points, std::vector<bool>(count, true),
                         std::vector<bool>(count + 1, false));
  return RealSet::Intersection(context, set, integers);
}

}  // namespace

bool IsIntegerSet(std::string_view name) {
  return name == "Z" || name == "N" || IsPositiveSet(name);
}

std::optional<RealSet> IntegersIn(Context* context, const RealSet& set,
                                  std::string_view domain) {
  if (domain == "Z") return Within(context, set);
  const auto positive =
      RealSet::Intersection(context, set, PositiveReals(context));
  if (!positive) return std::nullopt;
  if (domain == "N") {
    const RealSet zero = RealSet::Point(MakeNumber(context, Rational(0)));
    const auto at_zero = RealSet::Intersection(context, set, zero);
    if (!at_zero || !at_zero->empty()) return std::nullopt;
  }
  return Within(context, *positive);
}

}  // namespace rewards::math
