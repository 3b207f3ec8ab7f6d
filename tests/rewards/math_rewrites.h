// Rewrites of a gold: identities, which say the same in another way and must
// pay, and slips, which say something else and must not. `#` stands for the
// gold, as LaTeX.

#ifndef TESTS_REWARDS_MATH_REWRITES_H_
#define TESTS_REWARDS_MATH_REWRITES_H_

#include <ostream>
#include <string>
#include <string_view>

namespace rewards {

struct Rewrite {
  const char* name;
  std::string_view form;
};
inline void PrintTo(const Rewrite& rewrite, std::ostream* os) {
  *os << rewrite.name;
}

// True of every number and expression.
inline constexpr Rewrite kIdentities[] = {
    {"PlusZero", "(#)+0"},
    {"TimesOne", "1\\cdot(#)"},
    {"FractionReduces", "\\frac{6(#)}{6}"},
    {"TwoSigns", "-(-(#))"},
    {"AddedAndTaken", "(#)+17-17"},
    {"TwoHalves", "\\frac{#}{2}+\\frac{#}{2}"},
    {"Distributed", "3(#)-2(#)"},
    {"FirstPower", "(#)^1"},
    {"ReciprocalTwice", "\\frac{#}{\\frac{1}{4}}\\cdot\\frac{1}{4}"},
    {"Pythagoras", "(#)(\\sin^2(1)+\\cos^2(1))"},
    {"Conjugates", "(#)+(\\sqrt{2}-1)(\\sqrt{2}+1)-1"},
    {"Denested", "(#)+\\sqrt{3+2\\sqrt{2}}-\\sqrt{2}-1"},
    {"Factorial", "(#)+3!-6"},
    {"Binomial", "(#)+\\binom{4}{2}-6"},
    {"Absolute", "(#)+|-3|-3"},
    {"Logarithm", "(#)+\\log_2 8-3"},
    {"ImaginarySquare", "(#)+i^2+1"},
    {"AngleInDegrees", "(#)+\\sin 30^\\circ-\\frac{1}{2}"},
    {"FloorAndCeiling",
     "(#)+\\lfloor\\frac{7}{2}\\rfloor-\\lceil\\frac{5}{2}\\rceil"},
    {"SmallSum", "(#)+\\sum_{k=1}^{3}k-6"},
};

// True of no number and expression but a few, which the tests leave out: 0, 1,
// -1, infinity.
inline constexpr Rewrite kSlips[] = {
    {"OneMore", "(#)+1"},
    {"OneLess", "(#)-1"},
    {"OtherSign", "-(#)"},
    {"TenTimes", "10(#)"},
    {"Double", "2(#)"},
    {"Half", "\\frac{#}{2}"},
    {"Upside", "\\frac{1}{#}"},
    {"Square", "(#)^2"},
    {"HundredthPart", "\\frac{#}{100}"},
    {"TinyMore", "(#)+10^{-20}"},
    {"TinyPart", "(#)(1+10^{-30})"},
    {"PiForAFraction", "(#)+\\pi-\\frac{355}{113}"},
    {"RootForAFraction", "(#)+\\sqrt{2}-\\frac{665857}{470832}"},
    {"EitherOr", "(#)\\text{ or }(#)+1"},
    {"SetOfGuesses", "\\{#, (#)+1\\}"},
    {"PlusMinus", "\\pm(#)"},
    {"Inequality", "q > #"},
    {"Interval", "[#, (#)+1]"},
    {"OtherUnknown", "(#)q"},
    {"FalseChain", "(#) = (#)+1"},
};

inline std::string Rewritten(const Rewrite& rewrite, std::string_view gold) {
  std::string text;
  for (const char c : rewrite.form) {
    if (c == '#') {
      text += gold;
    } else {
      text.push_back(c);
    }
  }
  return text;
}

}  // namespace rewards

#endif  // TESTS_REWARDS_MATH_REWRITES_H_
