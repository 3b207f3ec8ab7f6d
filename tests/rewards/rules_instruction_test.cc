#include <gtest/gtest.h>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rewards/rules/instruction.h"

namespace rewards::rules {
namespace {

namespace json = boost::json;

// A stand-in that knows one word of each.
bool Tells(std::string_view text, std::string_view tag) {
  if (tag == "fr") return text.find("oui") != std::string_view::npos;
  return tag == "en" && text.find("oui") == std::string_view::npos;
}

struct Row {
  std::string_view id;
  std::string_view arguments;
  std::vector<std::string_view> followed;
  std::vector<std::string_view> broken;
};

const std::vector<Row>& Rows() {
  static const std::vector<Row> rows = {
      {"keywords:existence",
       R"({"keywords": ["Kite", "b.d"]})",
       {"a bad kitE", "KITES: bxd"},
       {"a kite", "bad"}},
      {"keywords:frequency",
       R"({"keyword": "na", "frequency": 2, "relation": "at least"})",
       {"nana", "Na na na"},
       {"na", "no"}},
      {"keywords:frequency",
       R"({"keyword": "na", "frequency": 2, "relation": "less than"})",
       {"na", "no"},
       {"na Na"}},
      {"keywords:forbidden_words",
       R"({"forbidden_words": ["cat", "été"]})",
       {"concatenate", "scat", "catégorie", "étés", "cat_"},
       {"the Cat.", "cat", "l'été,", "(ÉTÉ)"}},
      {"keywords:letter_frequency",
       R"({"letter": "E", "let_frequency": 2, "let_relation": "at least"})",
       {"Eel", "eee"},
       {"e", "x"}},
      {"keywords:letter_frequency",
       R"({"letter": "!", "let_frequency": 1, "let_relation": "less than"})",
       {"a"},
       {"a!"}},
      {"language:response_language", R"({"language": "fr"})", {"oui"}, {"yes"}},
      {"length_constraints:number_sentences",
       R"({"num_sentences": 2, "relation": "at least"})",
       {"One. Two.", "A? B! C"},
       {"One.", "Mr. One is one"}},
      {"length_constraints:number_paragraphs",
       R"({"num_paragraphs": 2})",
       {"a\n***\nb", "***a***b***", "a *** b"},
       {"a", "a***b***c", "a***  ***b", "a\n\nb"}},
      {"length_constraints:number_words",
       R"({"num_words": 3, "relation": "less than"})",
       {"one two", "one"},
       {"one two three", "don't go"}},
      {"length_constraints:nth_paragraph_first_word",
       R"({"num_paragraphs": 2, "nth_paragraph": 2, "first_word": "Elm"})",
       {"a\n\nelm tree", "a\n\n \"ELM, tree", "a\n\nelm"},
       {"elm\n\na", "a\nelm", "a\n\nelms", "a\n\nelm\n\nb", "a\n\n\n\nelm"}},
      {"detectable_content:number_placeholders",
       R"({"num_placeholders": 2})",
       {"[a] [b]", "[[a] ][b]"},
       {"[a]", "[a\n] [b]", "[a [b]"}},
      {"detectable_content:postscript",
       R"({"postscript_marker": "P.S."})",
       {"x\nP.S. y", "p. s. y"},
       {"PS y", "p.p.s y"}},
      {"detectable_content:postscript",
       R"({"postscript_marker": "P.P.S"})",
       {"P.P.S. y", "p. p. s"},
       {"P.S. y"}},
      {"detectable_format:number_bullet_lists",
       R"({"num_bullets": 2})",
       {"* a\n* b", "- a\n  * b", "x\n-a\n- b\ny"},
       {"* a", "* a\n* b\n- c", "** a\n** b", "a * b\nc - d"}},
      {"detectable_format:constrained_response",
       "{}",
       {"My answer is yes.", "So: My answer is maybe."},
       {"my answer is yes.", "My answer is yes"}},
      {"detectable_format:number_highlighted_sections",
       R"({"num_highlights": 2})",
       {"*a* and *b*", "**a** *b*", "**a** **b**"},
       {"*a*", "** **", "*a\n* *b*", "**a**"}},
      {"detectable_format:multiple_sections",
       R"({"section_spliter": "Section", "num_sections": 2})",
       {"Section 1 a Section 2 b", "Section 1\na\nSection 2\nb Section 3"},
       {"Section 1 a", "section 1 section 2", "Section A Section B"}},
      {"detectable_format:json_format",
       "{}",
       {"{\"a\": 1}", "```json\n[1]\n```", "```JSON\n1```", " 12 "},
       {"{a: 1}", "x {\"a\": 1}", "```json\n{\n```"}},
      {"detectable_format:title",
       "{}",
       {"<<A title>>\nx", "x <<a>> <<b>>"},
       {"<A>", "<< >>", "<<>>", "<<a\nb>>", "<a>>"}},
      {"combination:two_responses",
       "{}",
       {"a******b", "******a******b"},
       {"a", "a******a", "a****** ******b", "a******b******c", "a***b"}},
      {"combination:repeat_prompt",
       R"({"prompt_to_repeat": " Say it. "})",
       {"say it. It", "\nSAY IT."},
       {"So: Say it.", "Say"}},
      {"startend:end_checker",
       R"({"end_phrase": "Bye now. "})",
       {"x BYE NOW.", "\"x bye now.\"\n"},
       {"Bye now. x", "bye"}},
      {"startend:quotation",
       "{}",
       {"\"a\"", " \"a\n\"\n"},
       {"\"a", "\"", "“a”"}},
      {"change_case:capital_word_frequency",
       R"({"capital_frequency": 2, "capital_relation": "at least"})",
       {"I AM here", "DON'T", "A-OK 12 USA."},
       {"I am", "12 34", "Am I"}},
      {"change_case:english_capital",
       "{}",
       {"HELLO 1!"},
       {"Hello", "123", "OUI oui"}},
      {"change_case:english_lowercase",
       "{}",
       {"hello 1!"},
       {"Hello", "123", "oui"}},
      {"punctuation:no_comma", "{}", {"a; b"}, {"a, b"}},
  };
  return rows;
}

Instruction Read(const Row& row) {
  InstructionProblem problem;
  auto read =
      ReadInstruction(row.id, json::parse(row.arguments).as_object(), problem);
  EXPECT_TRUE(read) << row.id << problem.pointer << ": " << problem.detail;
  return read.value_or(Instruction());
}

TEST(Instructions, FollowThePublishedChecks) {
  std::set<std::string_view> seen;
  for (const Row& row : Rows()) {
    seen.insert(row.id);
    const Instruction instruction = Read(row);
    for (const std::string_view text : row.followed) {
      EXPECT_TRUE(instruction.FollowedBy(text, Tells))
          << row.id << ": " << text;
    }
    for (const std::string_view text : row.broken) {
      EXPECT_FALSE(instruction.FollowedBy(text, Tells))
          << row.id << ": " << text;
    }
  }
  EXPECT_EQ(seen.size(), 25U);
  EXPECT_EQ(InstructionIds().size(), 25U);
}

// A blank text follows nothing, whatever would be true of it.
TEST(Instructions, NothingIsFollowedByNothing) {
  for (const Row& row : Rows()) {
    EXPECT_FALSE(Read(row).FollowedBy("", Tells)) << row.id;
    EXPECT_FALSE(Read(row).LooselyFollowedBy(" \n", Tells)) << row.id;
  }
  EXPECT_FALSE(Instruction().FollowedBy("a", Tells));
}

TEST(Instructions, LooseIsWithoutFirstAndLastLinesAndAsterisks) {
  const auto loosely = [](std::string_view id, std::string_view arguments,
                          std::string_view text) {
    const Instruction one = Read({id, arguments, {}, {}});
    EXPECT_FALSE(one.FollowedBy(text, Tells)) << text;
    return one.LooselyFollowedBy(text, Tells);
  };
  EXPECT_TRUE(loosely("startend:quotation", "{}", "Sure:\n\"a\""));
  EXPECT_TRUE(loosely("startend:quotation", "{}", "\"a\"\nThat is it."));
  EXPECT_TRUE(loosely("startend:quotation", "{}", "So\n\"a\"\nDone"));
  EXPECT_TRUE(loosely("startend:quotation", "{}", "**\"a\"**"));
  EXPECT_FALSE(loosely("startend:quotation", "{}", "a\nb \"c\"\nd\ne"));
  EXPECT_TRUE(loosely("punctuation:no_comma", "{}", "Sure, here:\nfine"));
  EXPECT_FALSE(loosely("punctuation:no_comma", "{}", "one, line"));
}

struct Bad {
  std::string_view id;
  std::string_view arguments;
  std::string_view pointer;
};

TEST(Instructions, BadArgumentsAreRefused) {
  for (const Bad& row : {
           Bad{"punctuation:no_commas", "{}", ""},
           {"punctuation:no_comma", R"({"keyword": "a"})", "/keyword"},
           {"keywords:existence", "{}", "/keywords"},
           {"keywords:existence", R"({"keywords": null})", "/keywords"},
           {"keywords:existence", R"({"keywords": []})", "/keywords"},
           {"keywords:existence", R"({"keywords": "a"})", "/keywords"},
           {"keywords:existence", R"({"keywords": ["a", 1]})", "/keywords/1"},
           {"keywords:existence", R"({"keywords": ["a", "("]})", "/keywords/1"},
           {"keywords:frequency",
            R"({"keyword": "a", "frequency": 1.5, "relation": "at least"})",
            "/frequency"},
           {"keywords:frequency",
            R"({"keyword": "a", "frequency": 1, "relation": "at most"})",
            "/relation"},
           {"keywords:letter_frequency",
            R"({"letter": "ab", "let_frequency": 1,
                "let_relation": "at least"})",
            "/letter"},
           {"length_constraints:number_paragraphs", R"({"num_paragraphs": -1})",
            "/num_paragraphs"},
           {"length_constraints:number_paragraphs",
            R"({"num_paragraphs": 1000001})", "/num_paragraphs"},
           {"length_constraints:nth_paragraph_first_word",
            R"({"num_paragraphs": 1, "nth_paragraph": 0, "first_word": "a"})",
            "/nth_paragraph"},
           {"startend:end_checker", R"({"end_phrase": ""})", "/end_phrase"},
       }) {
    InstructionProblem problem;
    EXPECT_FALSE(ReadInstruction(row.id, json::parse(row.arguments).as_object(),
                                 problem))
        << row.arguments;
    EXPECT_EQ(problem.pointer, row.pointer) << row.arguments;
    EXPECT_NE(problem.detail, "");
  }
}

TEST(InstructionLimits, KeywordsAndBytes) {
  const auto keywords = [](std::size_t count, std::size_t bytes) {
    json::array words(count, json::string(std::string(bytes, 'a')));
    InstructionProblem problem;
    return ReadInstruction("keywords:existence", {{"keywords", words}}, problem)
        .has_value();
  };
  EXPECT_TRUE(keywords(kMaxKeywords, 1));
  EXPECT_FALSE(keywords(kMaxKeywords + 1, 1));
  const auto phrase = [](std::size_t bytes) {
    InstructionProblem problem;
    return ReadInstruction("startend:end_checker",
                           {{"end_phrase", std::string(bytes, 'a')}}, problem)
        .has_value();
  };
  EXPECT_TRUE(phrase(kMaxArgumentBytes));
  EXPECT_FALSE(phrase(kMaxArgumentBytes + 1));
}

// Sizes that a quadratic check would not come back from.
TEST(Instructions, HostileSizes) {
  for (const std::string_view piece :
       {"[", "*", "**a", "<<", "***", "a.", "\n\n", "Section ", "n't", "- ",
        "\u2003"}) {
    std::string text = "x";
    while (text.size() < (std::size_t{1} << 18)) text += piece;
    for (const Row& row : Rows()) {
      static_cast<void>(Read(row).FollowedBy(text, Tells));
    }
  }
}

}  // namespace
}  // namespace rewards::rules
