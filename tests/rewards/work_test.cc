// The work of the language and format rewards on growing hostile inputs,
// counted, not timed. Their sources are built once more for this test, with a
// call at every basic block (CMakeLists.txt); what memchr and memcmp read
// counts too. What is left out is ICU's own work.

#include <gtest/gtest.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

#include "rewards/format/grammar.h"
#include "rewards/format/peer_rule.h"
#include "rewards/format/template.h"
#include "rewards/format/transcript.h"
#include "rewards/language/characters.h"
#include "rewards/language/consistency.h"
#include "rewards/language/detect.h"
#include "rewards/language/mask.h"

namespace {
std::uint64_t steps = 0;  // this test has one thread
}  // namespace

extern "C" {
void __sanitizer_cov_trace_pc() { ++steps; }

const void* __real_memchr(const void* text, int byte, std::size_t size);
const void* __wrap_memchr(const void* text, int byte, std::size_t size) {
  const void* const found = __real_memchr(text, byte, size);
  steps += found == nullptr
               ? size
               : static_cast<std::size_t>(static_cast<const char*>(found) -
                                          static_cast<const char*>(text));
  return found;
}

int __real_memcmp(const void* a, const void* b, std::size_t size);
int __wrap_memcmp(const void* a, const void* b, std::size_t size) {
  steps += size;
  return __real_memcmp(a, b, size);
}
}

namespace rewards {
namespace {

// A text of about `bytes` bytes.
using Family = std::function<std::string(std::size_t bytes)>;
using Judge = std::function<void(const std::string&)>;

constexpr std::size_t kSmallest = 2048;  // bytes
constexpr int kSizes = 4;                // each twice the one before

// Twice the text takes at most this many times the steps: a little over two for
// a sort, four where every step looks at all of it.
constexpr double kGrowth = 2.35;

Family Repeated(std::string before, std::string piece) {
  return [before = std::move(before),
          piece = std::move(piece)](std::size_t bytes) {
    std::string text = before;
    while (text.size() < bytes) text += piece;
    return text;
  };
}

// Words that all differ, also from those of every other text: none is in the
// cache of words. `gap` is between them.
Family Distinct(std::string first, std::string gap) {
  return [first = std::move(first), gap = std::move(gap)](std::size_t bytes) {
    static std::size_t said = 26 * 26 * 26;
    std::string text;
    while (text.size() < bytes) {
      text += first;
      for (std::size_t rest = ++said; rest > 0; rest /= 26) {
        text += static_cast<char>('a' + rest % 26);
      }
      text += gap;
    }
    return text;
  };
}

std::uint64_t Steps(const Judge& judge, const std::string& text) {
  const std::uint64_t before = steps;
  judge(text);
  return steps - before;
}

// Prints nothing but what grows too fast.
void ExpectLinear(std::string_view name, const Family& family,
                  const Judge& judge) {
  judge(family(kSmallest));  // what is made once is made
  std::uint64_t last = 0;
  for (int size = 0; size < kSizes; ++size) {
    const std::string text = family(kSmallest << size);
    const std::uint64_t now = Steps(judge, text);
    EXPECT_GT(now, 0U) << name << ": nothing is counted";
    if (size > 0) {
      EXPECT_LT(static_cast<double>(now), kGrowth * static_cast<double>(last))
          << name << " at " << text.size() << " bytes";
    }
    last = now;
  }
}

const std::vector<std::string>& Openers() {
  static const std::vector<std::string> pieces = {
      "$",        "$$ ",        "$a ",      "$a\\$ ",      "`",
      "``` ",     "`a ",        "\\( ",     "\\[ ",        "\\begin{a",
      "\\end{a}", "\\begin{a}", "\\a{",     "\\a{b}{",     "{",
      "}",        "a.",         "a.b(",     "a@",          "a(",
      "<a",       "</",         "a/",       "www.",        "www.,,,,",
      "1 ",       "1 a",        "aB",       "a_",          "a-",
      "a'",       "http://",    "A",        "Ab ",         "a ",
      "\n",       ". ",         "\\",       "\\text{a b ", "a--",
      "((",       "```\na b",   "$$a$$ b ",
  };
  return pieces;
}

TEST(Work, OfMaskingIsLinear) {
  const Judge mask = [](const std::string& text) {
    static_cast<void>(language::Masked(language::ReadText(text).units));
  };
  for (const std::string& piece : Openers()) {
    ExpectLinear(piece, Repeated("", piece), mask);
    ExpectLinear("```" + piece, Repeated("```", piece), mask);
    ExpectLinear("$" + piece, Repeated("$", piece), mask);
    ExpectLinear("\\a{" + piece, Repeated("\\a{", piece), mask);
  }
}

TEST(Work, OfLanguageIsLinear) {
  for (const std::string_view tag : {"en", "zh", "ko"}) {
    const auto target = *language::ParseTag(tag, true);
    const Judge measure = [&target](const std::string& text) {
      ASSERT_TRUE(language::MeasureConsistency(text, target));
    };
    for (const std::string& piece : Openers()) {
      ExpectLinear(piece, Repeated("", piece), measure);
    }
    for (const std::string_view piece : {"天",
                                         "天 ",
                                         "天。",
                                         "가",
                                         "가 ",
                                         "天가 ",
                                         "の",
                                         "ไ",
                                         "é",
                                         "e\u0301",
                                         "\u0301",
                                         "\u0301\u0327",
                                         "\u200B",
                                         "\xFF",
                                         "\xF0\x9F\x99\x82",
                                         "Łódź ",
                                         "да нет ",
                                         "so 我 ",
                                         "क्",
                                         "ا ",
                                         "good ",
                                         "good. ",
                                         "one two three four five ",
                                         "Name Other ",
                                         "\uFF21",
                                         "\u1100"}) {
      ExpectLinear(piece, Repeated("", std::string(piece)), measure);
      ExpectLinear(piece, Repeated("so it is ", std::string(piece)), measure);
    }
    for (const std::string_view gap : {" ", ". ", ", ", "-", " 我 ", "'"}) {
      ExpectLinear(gap, Distinct("", std::string(gap)), measure);
      ExpectLinear(gap, Distinct("N", std::string(gap)), measure);
    }
  }
}

TEST(Work, OfDetectionIsLinear) {
  const Judge detect = [](const std::string& text) {
    static_cast<void>(language::DetectLanguage(text));
  };
  for (const std::string_view piece : {"天", "so ", "да ", "か", "1 ", "`"}) {
    ExpectLinear(piece, Repeated("", std::string(piece)), detect);
  }
  ExpectLinear("distinct", Distinct("", " "), detect);
}

const std::vector<std::string>& Tags() {
  static const std::vector<std::string> pieces = {
      "<think>",
      "</think>",
      "<answer>",
      "</answer>",
      "<think>a</think>",
      "<think></think><answer>4</answer>",
      "\n</think>\n<answer>\n",
      "<think>\n</think>\n<answer>\n</answer>\n",
      "\\boxed{",
      "\\boxed ",
      "\\boxed{4} ",
      "\\boxed{}}",
      "}",
      "{",
      "<",
      "</",
      "<think",
      "<|im_end|>",
      " ",
      "\n",
      "a",
      "\u200B",
      "```python\n",
  };
  return pieces;
}

TEST(Work, OfFormatIsLinear) {
  for (const std::string_view name : format::TemplateNames()) {
    const format::Template* const tmpl = format::FindTemplate(name);
    ASSERT_NE(tmpl, nullptr);
    const std::vector<std::string> eos = {"<|im_end|>", "</s>"};
    const Judge judge = [tmpl, &eos](const std::string& text) {
      static_cast<void>(format::CheckFormat(text, *tmpl, eos));
      static_cast<void>(format::SplitTranscript(text, *tmpl));
    };
    for (const std::string& piece : Tags()) {
      ExpectLinear(piece, Repeated("", piece), judge);
      ExpectLinear("<think>a</think>" + piece,
                   Repeated("<think>a</think>", piece), judge);
      ExpectLinear("<think>\n" + piece, Repeated("<think>\n", piece), judge);
    }
  }
}

TEST(Work, OfPeerRulesIsLinear) {
  for (const format::PeerRule& rule : format::PeerRules()) {
    const Judge judge = [&rule](const std::string& text) {
      static_cast<void>(rule.score(text));
    };
    for (const std::string& piece : Tags()) {
      ExpectLinear(piece, Repeated("<think>\n", piece), judge);
    }
  }
}

}  // namespace
}  // namespace rewards
