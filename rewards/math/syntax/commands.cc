#include "rewards/math/syntax/commands.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <span>

#include "rewards/math/syntax/tree.h"

namespace rewards::math::syntax {
namespace {

using enum TokenKind;

constexpr Command Make(std::string_view name, TokenKind kind,
                       std::string_view text = {}) {
  return {name, CommandUse::kToken, kind, text, 0};
}
constexpr Command Relation(std::string_view name, Sign sign) {
  return {name,
          CommandUse::kToken,
          kRelation,
          {},
          static_cast<std::uint32_t>(sign)};
}

constexpr Command kTokens[] = {
    Make("\\frac", kFraction),
    Make("\\dfrac", kFraction),
    Make("\\tfrac", kFraction),
    Make("\\cfrac", kFraction),
    Make("\\binom", kBinomial),
    Make("\\dbinom", kBinomial),
    Make("\\tbinom", kBinomial),
    Make("\\choose", kChoose),
    Make("\\sqrt", kRoot, "2"),
    Make("\\usqrt", kPlainRoot, "2"),
    Make("\\ucbrt", kPlainRoot, "3"),
    Make("\\cdot", kTimes),
    Make("\\cdotp", kTimes),
    Make("\\times", kTimes),
    Make("\\ast", kTimes),
    Make("\\div", kDivide),
    Make("\\slash", kDivide),
    Make("\\pm", kPlusMinus),
    Make("\\mp", kMinusPlus),
    Make("\\bmod", kModulo),
    Make("\\mod", kPmod),
    Make("\\pmod", kPmod),
    Make("\\%", kPercent),
    Make("\\circ", kDegree),
    Make("\\degree", kDegree),
    Make("\\degrees", kDegree),
    Make("\\endash", kEnDash),
    Make("\\prime", kPrime),
    Make("\\top", kLetter, "T"),  // of a transpose
    Make("\\imath", kLetter, "i"),
    Make("\\jmath", kLetter, "j"),
    Make("\\infty", kInfinity),
    Make("\\infin", kInfinity),
    Make("\\inf", kInfinity),
    Make("\\emptyset", kEmptySet),
    Make("\\varnothing", kEmptySet),
    Make("\\R", kNamedSet, "R"),
    Make("\\Z", kNamedSet, "Z"),
    Make("\\N", kNamedSet, "N"),
    Make("\\Q", kNamedSet, "Q"),
    Make("\\C", kNamedSet, "C"),
    Make("\\reals", kNamedSet, "R"),
    Make("\\$", kCurrency, "dollar"),
    Make("\\cent", kCurrency, "cent"),
    Make("\\pound", kCurrency, "sterling"),
    Make("\\pounds", kCurrency, "sterling"),
    Make("\\yen", kCurrency, "yen"),
    Make("\\euro", kCurrency, "euro"),
    Make("\\rupee", kCurrency, "rupee"),
    Make("\\{", kOpenSet),
    Make("\\}", kCloseSet),
    Make("\\lbrace", kOpenSet),
    Make("\\rbrace", kCloseSet),
    Make("\\lbrack", kOpenBracket),
    Make("\\rbrack", kCloseBracket),
    Make("\\lparen", kOpen),
    Make("\\rparen", kClose),
    Make("\\langle", kOpenAngle),
    Make("\\rangle", kCloseAngle),
    Make("\\lfloor", kOpenFloor),
    Make("\\rfloor", kCloseFloor),
    Make("\\lceil", kOpenCeiling),
    Make("\\rceil", kCloseCeiling),
    Make("\\lvert", kOpenAbsolute),
    Make("\\rvert", kCloseAbsolute),
    Make("\\vert", kBar),
    Make("\\|", kNorm),
    Make("\\Vert", kNorm),
    Make("\\lVert", kNorm),
    Make("\\rVert", kNorm),
    Make("\\mid", kMid),
    Make("\\colon", kColon),
    Make("\\&", kOther),
    Make("\\\\", kRow),
    Make("\\cr", kRow),
    Make("\\newline", kRow),
    Make("\\cup", kUnion),
    Make("\\bigcup", kUnion),
    Make("\\cap", kIntersection),
    Make("\\setminus", kDifference),
    Make("\\backslash", kDifference),
    Make("\\lor", kOr),
    Make("\\vee", kOr),
    Make("\\land", kAnd),
    Make("\\wedge", kAnd),
    Make("\\dots", kDots),
    Make("\\ldots", kDots),
    Make("\\cdots", kDots),
    Make("\\dotsc", kDots),
    Make("\\dotsb", kDots),
    Make("\\vdots", kDots),
    Make("\\ddots", kDots),
    Make("\\sum", kBig, "sum"),
    Make("\\prod", kBig, "prod"),
    Make("\\int", kBig, "int"),
    Make("\\lim", kBig, "lim"),
    Make("\\triangle", kPrefixName),
    Make("\\angle", kPrefixName),
    Make("\\square", kPrefixName),
    Make("\\odot", kPrefixName),
    Make("\\overline", kAccent),
    Make("\\bar", kAccent),
    Make("\\vec", kAccent),
    Make("\\overrightarrow", kAccent),
    Make("\\hat", kAccent),
    Make("\\widehat", kAccent),
    Make("\\tilde", kAccent),
    Make("\\widetilde", kAccent),
    Make("\\dot", kAccent),
    Make("\\ddot", kAccent),
    Make("\\overarc", kAccent),
    Make("\\textcircled", kAccent),
    Make("\\mathcal", kAccent),
    Make("\\mathscr", kAccent),
    Make("\\mathfrak", kAccent),
    Relation("\\eq", Sign::kEqual),
    Relation("\\ne", Sign::kNotEqual),
    Relation("\\neq", Sign::kNotEqual),
    Relation("\\not=", Sign::kNotEqual),
    Relation("\\not\\in", Sign::kNotIn),
    Relation("\\lt", Sign::kLess),
    Relation("\\le", Sign::kLessEqual),
    Relation("\\leq", Sign::kLessEqual),
    Relation("\\leqslant", Sign::kLessEqual),
    Relation("\\gt", Sign::kGreater),
    Relation("\\ge", Sign::kGreaterEqual),
    Relation("\\geq", Sign::kGreaterEqual),
    Relation("\\geqslant", Sign::kGreaterEqual),
    Relation("\\in", Sign::kIn),
    Relation("\\notin", Sign::kNotIn),
    Relation("\\subset", Sign::kSubset),
    Relation("\\subsetneq", Sign::kSubset),
    Relation("\\subseteq", Sign::kSubsetEqual),
    Relation("\\approx", Sign::kApprox),
    Relation("\\simeq", Sign::kApprox),
    Relation("\\doteq", Sign::kApprox),
    Relation("\\equiv", Sign::kCongruent),
    Relation("\\cong", Sign::kCongruent),
    Relation("\\to", Sign::kTo),
    Relation("\\rightarrow", Sign::kTo),
    Relation("\\mapsto", Sign::kTo),
    Relation("\\longrightarrow", Sign::kTo),
    Relation("\\parallel", Sign::kParallel),
    Relation("\\perp", Sign::kPerpendicular),
    Relation("\\bot", Sign::kPerpendicular),
    Relation("\\sim", Sign::kSimilar),
};

constexpr std::string_view kSpaces[] = {
    "\\,",           "\\;",         "\\:",        "\\!",
    "\\ ",           "\\quad",      "\\qquad",    "\\left",
    "\\right",       "\\middle",    "\\big",      "\\Big",
    "\\bigl",        "\\bigr",      "\\Bigl",     "\\Bigr",
    "\\bigg",        "\\Bigg",      "\\biggl",    "\\biggr",
    "\\thinspace",   "\\enspace",   "\\space",    "\\displaystyle",
    "\\textstyle",   "\\limits",    "\\nolimits", "\\ensuremath",
    "\\scriptstyle", "\\(",         "\\)",        "\\[",
    "\\]",           "\\nonumber",  "\\hline",    "\\centering",
    "\\large",       "\\Large",     "\\bf",       "\\rm",
    "\\boldmath",    "\\mathstrut", "\\strut",    "\\\n"};

constexpr std::string_view kTexts[] = {
    "\\text",   "\\mbox",   "\\textbf",     "\\textrm",       "\\textit",
    "\\textsf", "\\texttt", "\\textnormal", "\\operatorname", "\\hbox",
    "\\mathrm", "\\mathop", "\\emph",       "\\unit",         "\\textsc"};

constexpr std::string_view kFaces[] = {"\\mathbf", "\\mathit", "\\mathsf",
                                       "\\bm",     "\\mathbb", "\\Bbb",
                                       "\\mathtt", "\\pmb",    "\\boldsymbol"};

constexpr std::string_view kBoxes[] = {"\\boxed", "\\fbox", "\\underline"};

constexpr std::string_view kPhantoms[] = {
    "\\phantom", "\\hphantom", "\\vphantom", "\\hspace",
    "\\vspace",  "\\color",    "\\textcolor"};

constexpr std::string_view kGreek[] = {
    "\\alpha",  "\\beta",  "\\gamma", "\\delta",    "\\epsilon", "\\varepsilon",
    "\\zeta",   "\\eta",   "\\theta", "\\vartheta", "\\iota",    "\\kappa",
    "\\lambda", "\\mu",    "\\nu",    "\\xi",       "\\pi",      "\\rho",
    "\\varrho", "\\sigma", "\\tau",   "\\upsilon",  "\\phi",     "\\varphi",
    "\\chi",    "\\psi",   "\\omega", "\\Gamma",    "\\Delta",   "\\Theta",
    "\\Lambda", "\\Xi",    "\\Pi",    "\\Sigma",    "\\Upsilon", "\\Phi",
    "\\Psi",    "\\Omega", "\\ell",   "\\hbar",     "\\partial", "\\nabla",
    "\\aleph"};

constexpr std::string_view kFunctions[] = {
    "\\sin",    "\\cos",    "\\tan",  "\\cot", "\\sec", "\\csc", "\\sinh",
    "\\cosh",   "\\tanh",   "\\coth", "\\ln",  "\\log", "\\exp", "\\gcd",
    "\\lcm",    "\\min",    "\\max",  "\\det", "\\arg", "\\deg", "\\arcsin",
    "\\arccos", "\\arctan", "\\dim",  "\\ker"};

// Names of one function in several spellings.
constexpr Command kRenamed[] = {
    Make("\\tg", kFunction, "tan"),
    Make("\\ctg", kFunction, "cot"),
    Make("\\cotan", kFunction, "cot"),
    Make("\\cosec", kFunction, "csc"),
    Make("\\arccot", kFunction, "arccot"),
    Make("\\arcsec", kFunction, "arcsec"),
    Make("\\arccsc", kFunction, "arccsc"),
    Make("\\lg", kFunction, "lg"),
    Make("\\Re", kFunction, "Re"),
    Make("\\Im", kFunction, "Im"),
    Make("\\sech", kFunction, "sech"),
    Make("\\csch", kFunction, "csch"),
};

constexpr std::size_t kCount =
    std::size(kTokens) + std::size(kSpaces) + std::size(kTexts) +
    std::size(kFaces) + std::size(kBoxes) + std::size(kPhantoms) +
    std::size(kGreek) + std::size(kFunctions) + std::size(kRenamed);

using Table = std::array<Command, kCount>;

Table MakeTable() {
  Table table{};
  auto out = table.begin();
  const auto add = [&out](std::span<const std::string_view> names,
                          CommandUse use) {
    for (const std::string_view name : names) *out++ = {name, use};
  };
  out = std::copy(std::begin(kTokens), std::end(kTokens), out);
  out = std::copy(std::begin(kRenamed), std::end(kRenamed), out);
  add(kSpaces, CommandUse::kSpace);
  add(kTexts, CommandUse::kText);
  add(kFaces, CommandUse::kFace);
  add(kBoxes, CommandUse::kBox);
  add(kPhantoms, CommandUse::kPhantom);
  for (const std::string_view name : kGreek) *out++ = Make(name, kLetter, name);
  for (const std::string_view name : kFunctions) {
    *out++ = Make(name, kFunction, name.substr(1));
  }
  std::sort(table.begin(), table.end(),
            [](const Command& a, const Command& b) { return a.name < b.name; });
  return table;
}

}  // namespace

const Command* FindCommand(std::string_view name) {
  static const Table table = MakeTable();
  const auto* found = std::lower_bound(
      table.begin(), table.end(), name,
      [](const Command& c, std::string_view n) { return c.name < n; });
  return found != table.end() && found->name == name ? found : nullptr;
}

}  // namespace rewards::math::syntax
