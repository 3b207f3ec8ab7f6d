#include "shape.h"

#include <vector>

#include "rewards/math/syntax/read.h"

namespace rewards::math {
namespace {

// By Kind, in its order.
constexpr std::string_view kHeads[] = {
    "number", "constant", "symbol", "+",      "*",     "neg",     "/",
    "^",      "root",     "!",      "!!",     "abs",   "floor",   "ceil",
    "conj",   "binom",    "mod",    "+-",     "-+",    "%",       "deg",
    "call",   "big",      "unit",   "text",   "tuple", "bracket", "(]",
    "[)",     "set",      "list",   "or",     "and",   "union",   "inter",
    "minus",  "builder",  "named",  "matrix", "rel",   "where",   "ratio",
    "clock"};

constexpr std::string_view kConstants[] = {"PI", "E", "I", "INF"};

constexpr std::string_view kSigns[] = {
    "=",    "!=", "<",  "<=",  ">",  ">=", "in", "notin", "sub",
    "sube", "~~", "==", "mod", "->", "|",  "||", "perp",  "~"};

std::string Number(const Literal& literal) {
  std::string text = literal.value.ToString();
  if (literal.last_place) text += "@" + std::to_string(*literal.last_place);
  return text;
}

}  // namespace

std::string Shape(const Tree& tree) {
  if (tree.empty()) return "(empty)";
  std::vector<std::string> texts(tree.terms.size());
  for (TermId i = 0; i < tree.terms.size(); ++i) {
    const Term& term = tree.at(i);
    std::string& text = texts[i];
    switch (term.kind) {
      case Kind::kNumber:
        text = Number(tree.LiteralOf(i));
        continue;
      case Kind::kConstant:
        text = kConstants[term.data];
        continue;
      case Kind::kSymbol:
        text = tree.NameOf(i);
        continue;
      default:
        break;
    }
    text = "(" + std::string(kHeads[static_cast<std::size_t>(term.kind)]);
    if (!tree.NameOf(i).empty()) text += ":" + std::string(tree.NameOf(i));
    if (term.kind == Kind::kMatrix) text += std::to_string(term.data);
    std::size_t side = 0;
    for (const TermId child : tree.ChildrenOf(i)) {
      if (term.kind == Kind::kRelation && side > 0) {
        text +=
            " " +
            std::string(
                kSigns[static_cast<std::size_t>(tree.SignsOf(i)[side - 1])]);
      }
      ++side;
      text += " " + texts[child];
    }
    text += ")";
  }
  return texts.back();
}

std::string ShapeOf(std::string_view text) {
  const Read<Tree> tree = ReadTree(text, Limits());
  if (tree) return Shape(*tree);
  return "error: " + tree.error().what + " at " +
         std::to_string(tree.error().offset);
}

}  // namespace rewards::math
