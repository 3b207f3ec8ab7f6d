// Terms: looking through a term, and building new ones. Loops over the arena,
// never recursion. New trees live in the context; a term that is used twice is
// shared, not copied. Every new tree is paid for in Work: nothing where there
// is none left.

#ifndef REWARDS_MATH_DECIDE_TERMS_H_
#define REWARDS_MATH_DECIDE_TERMS_H_

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "rewards/math/decide/context.h"

namespace rewards::math {

[[nodiscard]] inline Kind KindOf(TermRef a) { return a.tree->at(a.id).kind; }
[[nodiscard]] inline std::string_view NameOf(TermRef a) {
  return a.tree->NameOf(a.id);
}
[[nodiscard]] inline std::size_t CountOf(TermRef a) {
  return a.tree->at(a.id).child_count;
}
[[nodiscard]] inline TermRef Child(TermRef a, std::size_t i) {
  return {a.tree, a.tree->ChildrenOf(a.id)[i]};
}
[[nodiscard]] std::vector<TermRef> Children(TermRef a);

// `a` and all below it, children before parents, each once.
[[nodiscard]] std::vector<TermId> TermsBelow(TermRef a);

// True where `kind` stands anywhere in `a`.
[[nodiscard]] bool Holds(TermRef a, Kind kind);

// True for a number or expression as EqualScalars takes it.
[[nodiscard]] bool IsScalar(TermRef a);

// A number that is the same for terms that are written the same, numbers by
// value; seldom for others. For speed only: it proves nothing.
[[nodiscard]] std::uint64_t ShapeOf(TermRef a);

// `a` in a tree of its own where it is a small part of a large one, so that
// what works on it need not pass over the rest.
[[nodiscard]] TermRef Compact(Context* context, TermRef a);

// The names of the variables in `a`, sorted, each once. Views into its tree.
[[nodiscard]] std::vector<std::string_view> SymbolsOf(TermRef a);

// True for the name of a function that is a letter of its own (f, g_{1}, \phi),
// not one everybody knows (sin).
[[nodiscard]] bool IsOwnFunction(std::string_view name);

// The two capitals of a segment with a line above, \overline{AB}; else empty.
[[nodiscard]] std::string_view LinedSegment(TermRef a);

// True for plus or minus infinity.
[[nodiscard]] int InfinityOf(TermRef a);

// A variable that no answer can have: what bound letters are renamed to.
inline constexpr std::string_view kNewLetter = "\x1f";

// New terms.
[[nodiscard]] TermRef MakeNumber(Context* context, const Rational& value);
[[nodiscard]] std::optional<TermRef> Make(Context* context, Kind kind,
                                          std::initializer_list<TermRef> of);
[[nodiscard]] std::optional<TermRef> MakeOf(Context* context, Kind kind,
                                            std::span<const TermRef> of);

// Copies `a`, asking for each term whether something else stands there: the
// replacement may use the copies of the children. Nothing: it stays.
using Replace = std::function<std::optional<TermId>(
    TermId id, std::span<const TermId> copied, Tree* to)>;
[[nodiscard]] std::optional<TermRef> Rebuild(Context* context, TermRef a,
                                             const Replace& replace);

// `a` with `with` in place of the variable `name`.
[[nodiscard]] std::optional<TermRef> Substitute(Context* context, TermRef a,
                                                std::string_view name,
                                                TermRef with);

// `a` with variables renamed, all at once: from, to.
[[nodiscard]] std::optional<TermRef> Rename(
    Context* context, TermRef a,
    std::span<const std::pair<std::string_view, std::string_view>> names);

// How many plus-minus signs a term leaves open. Several that are all the same
// way round can be read as pairs or as free choices: unclear.
enum class Open { kNone, kOnce, kUnclear };
[[nodiscard]] Open OpenSigns(TermRef a);

// `a` with the upper (or lower) sign of every plus-minus in it.
[[nodiscard]] std::optional<TermRef> TakeSign(Context* context, TermRef a,
                                              bool upper);

}  // namespace rewards::math

#endif  // REWARDS_MATH_DECIDE_TERMS_H_
