// Tests verifier/cli/shaded.h: coloured words as text and as HTML.

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "verifier/cli/shaded.h"

namespace verifier::cli {
namespace {

using rewards::Shade;

void Add(rewards::Explanation& steps, Shade shade, std::size_t begin,
         std::size_t end, std::string finding = "zh") {
  steps.emplace_back("span", std::move(finding), rewards::Place{begin, end});
  steps.back().shade = shade;
}

TEST(Shaded, NothingWithoutAShade) {
  rewards::Explanation steps;
  EXPECT_EQ(ShadedText(steps, "abc", true), "");
  EXPECT_EQ(ShadedHtml(steps, "abc"), "");
  Add(steps, Shade::kNone, 0, 3);
  EXPECT_EQ(ShadedText(steps, "abc", true), "");
  EXPECT_EQ(ShadedHtml(steps, "abc"), "");
}

TEST(Shaded, FromTheFirstShadeToTheLast) {
  rewards::Explanation steps;
  Add(steps, Shade::kGood, 2, 5, "en");
  Add(steps, Shade::kBad, 6, 8);
  Add(steps, Shade::kAside, 9, 10, "neutral");
  constexpr std::string_view kResponse = "> one bb c <";
  const std::string plain = ShadedText(steps, kResponse, false);
  EXPECT_TRUE(plain.ends_with("one [zh|bb] (neutral|c)\n")) << plain;
  const std::string color = ShadedText(steps, kResponse, true);
  EXPECT_NE(color.find("\x1b["), std::string::npos);
  EXPECT_EQ(
      ShadedHtml(steps, kResponse),
      "<pre class=\"shaded\"><span class=\"good\" title=\"en\">one</span> "
      "<span class=\"bad\" title=\"zh\">bb</span> "
      "<span class=\"aside\" title=\"neutral\">c</span></pre>\n");
}

// Whose words they are: no text of a response is markup or moves a cursor.
TEST(Shaded, TheResponseIsText) {
  rewards::Explanation steps;
  Add(steps, Shade::kBad, 0, 11, "\"><b>");
  constexpr std::string_view kResponse = "<b>&\x1b[2J\x07\xff\"";
  const std::string html = ShadedHtml(steps, kResponse);
  EXPECT_NE(html.find("title=\"&quot;&gt;&lt;b&gt;\""), std::string::npos)
      << html;
  EXPECT_EQ(html.find("<b>"), std::string::npos) << html;
  for (const std::string& shown : {html, ShadedText(steps, kResponse, false)}) {
    EXPECT_EQ(shown.find_first_of("\x1b\x07\xff"), std::string::npos) << shown;
  }
}

TEST(Shaded, LimitOfText) {
  const std::string response(kMostShadedText + 2, 'a');
  rewards::Explanation steps;
  Add(steps, Shade::kGood, 1, 2);
  Add(steps, Shade::kBad, 3, kMostShadedText + 1);
  const std::string most = ShadedText(steps, response, false);
  EXPECT_FALSE(most.ends_with("...\n"));
  EXPECT_GT(most.size(), kMostShadedText);
  steps.back().place->end += 1;
  const std::string cut = ShadedText(steps, response, false);
  EXPECT_TRUE(cut.ends_with("...\n"));
  EXPECT_LT(cut.size(), 100);
  EXPECT_GT(ShadedHtml(steps, response).size(), kMostShadedText);
}

}  // namespace
}  // namespace verifier::cli
