// The suites on small files of our own in the published shapes: what is asked,
// what judges it, and errors that name the line.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/suites/choice_item.h"
#include "datasets/suites/csv_reader.h"
#include "datasets/suites/pickled_string.h"
#include "datasets/suites/suite.h"
#include "datasets/suites/suite_prompt.h"
#include "tests/datasets/scratch.h"

namespace datasets {
namespace {

using testing::HasSubstr;

struct Row {
  const char* name;
  std::string_view suite;
  std::string_view text;      // of the file: one item
  std::string_view id;        // of the task
  std::string_view question;  // of it
  std::string_view checks;    // of it, as JSON
};
void PrintTo(const Row& c, std::ostream* os) { *os << c.name; }

class OneItem : public testing::TestWithParam<Row> {};

TEST_P(OneItem, IsATask) {
  const Scratch scratch;
  const Suite* suite = FindSuite(GetParam().suite);
  ASSERT_NE(suite, nullptr);
  const auto tasks = ReadSuite(*suite, scratch.Write(GetParam().text));
  ASSERT_TRUE(tasks) << tasks.error().ToString();
  ASSERT_EQ(tasks->size(), 1U);
  const Task& task = tasks->front();
  EXPECT_EQ(task.id, GetParam().id);
  EXPECT_EQ(task.question, GetParam().question);
  EXPECT_EQ(boost::json::serialize(task.checks), GetParam().checks);
  EXPECT_EQ(task.kind, GetParam().suite);
  EXPECT_EQ(task.language, suite->language);
}

constexpr Row kRows[] = {
    {"Gsm8k", "gsm8k", R"({"question":"q","answer":"1+1 #### 1,002"})", "1",
     "q", R"([{"checker":"math","gold":"1,002"}])"},
    {"Math500", "math500",
     R"({"problem":"p","answer":"\\pi","unique_id":"t/1"})", "t/1", "p",
     R"([{"checker":"math","gold":"\\pi"}])"},
    {"Aime", "aime", R"({"id":60,"problem":"p","solution":"s","answer":"204"})",
     "60", "p", R"([{"checker":"math","gold":"204"}])"},
    {"AimeArray", "aime", R"([{"problem":"p","answer":"60","year":1983}])", "1",
     "p", R"([{"checker":"math","gold":"60"}])"},
    {"AmcNumber", "amc", R"({"id":0,"problem":"p","answer":27.0})", "0", "p",
     R"([{"checker":"math","gold":"27"}])"},
    {"Minerva", "minerva",
     R"({"problem":"p","solution":"so \\boxed{1.6} cm","type":"t","idx":7})",
     "1", "p", R"([{"checker":"math","gold":"1.6"}])"},
    {"Svamp", "svamp",
     R"({"Body":"He has 3.","Question":"How many?","Answer":145.0,"ID":"c-7"})",
     "c-7", "He has 3. How many?", R"([{"checker":"math","gold":"145"}])"},
    {"Mawps", "mawps", R"({"input":"q","target":0.25,"type":"s"})", "1", "q",
     R"([{"checker":"math","gold":"0.25"}])"},
    {"Cmath", "cmath", R"({"grade":1,"question":"q","answer":"9"})", "1", "q",
     R"([{"checker":"math","gold":"9"}])"},
    {"GaokaoCloze", "gaokao_cloze",
     R"({"question":"q","options":null,"answer":"$5$;$10$"})", "1", "q",
     R"([{"checker":"math","gold":"$5$, $10$"}])"},
    {"GaokaoChoice", "gaokao_choice",
     R"({"passage":null,"question":"q","options":{"A":"1","B":"2","C":"3",)"
     R"("D":"4"},"label":"D"})",
     "1", "q\n\nA) 1\nB) 2\nC) 3\nD) 4",
     R"([{"checker":"choice","gold":"D","options":4}])"},
    {"GaokaoSeveral", "gaokao_choice",
     R"({"passage":"","question":"q","options":["(A)1","(B)2","3"],)"
     R"("label":["C","A"]})",
     "1", "q\n\nA) 1\nB) 2\nC) 3",
     R"([{"checker":"choice","gold":["A","C"],"multiple":true,"options":3}])"},
    {"Gaokao", "gaokao",
     R"({"idx":3,"question":"q A. 1 B. 2","answer":"B. 2","choice_answer":"B"})",
     "3", "q A. 1 B. 2", R"([{"checker":"choice","gold":"B","options":4}])"},
    {"GaokaoValue", "gaokao",
     R"({"idx":3,"question":"q","answer":"3 \\sqrt{2}","choice_answer":""})",
     "3", "q", R"([{"checker":"math","gold":"3 \\sqrt{2}"}])"},
    {"HumanEval", "humaneval",
     R"({"task_id":"HumanEval/0","prompt":"def f():\n","entry_point":"f",)"
     R"("test":"def check(candidate):\n    pass\n"})",
     "HumanEval/0", "def f():\n",
     R"([{"checker":"code","language":"python","tests":[{"harness":)"
     R"("def check(candidate):\n    pass\n","entry_point":"f"}]}])"},
    {"Mbpp", "mbpp",
     R"({"text":"Write f.","task_id":2,"test_setup_code":"import m",)"
     R"("test_list":["assert f == 1","assert f == 2"]})",
     "2",
     "Write f. Your code should pass these tests:\n\nassert f == 1\nassert f "
     "== 2",
     R"([{"checker":"code","language":"python","tests":[)"
     R"({"assert":"assert f == 1","setup":"import m"},)"
     R"({"assert":"assert f == 2","setup":"import m"}]}])"},
    {"MbppSanitized", "mbpp",
     R"([{"prompt":"Write f.","task_id":2,"test_imports":["import m"],)"
     R"("test_list":["assert f == 1"]}])",
     "2", "Write f. Your code should pass these tests:\n\nassert f == 1",
     R"([{"checker":"code","language":"python","tests":[)"
     R"({"assert":"assert f == 1","setup":"import m\n"}]}])"},
    {"MmluRows", "mmlu", "\"What, \"\"now\"\"?\",1,2,3,4,C\n", "1",
     "What, \"now\"?\n\nA) 1\nB) 2\nC) 3\nD) 4",
     R"([{"checker":"choice","gold":"C","options":4}])"},
    {"MmluJson", "mmlu",
     R"({"question":"q","subject":"law","choices":["1","2"],"answer":1})", "1",
     "q\n\nA) 1\nB) 2", R"([{"checker":"choice","gold":"B","options":2}])"},
    {"MmluStem", "mmlu_stem",
     R"({"question":"p","subject":"law","choices":["1","2"],"answer":1})"
     "\n"
     R"({"question":"q","type":"astronomy","choices":["1","2"],"answer":0})",
     "2", "q\n\nA) 1\nB) 2",
     R"([{"checker":"choice","gold":"A","options":2}])"},
    {"MmluPro", "mmlu_pro",
     R"({"question_id":70,"question":"q","options":["1","2","3","4","5","6",)"
     R"("7","8","9","10"],"answer":"J","answer_index":9,"category":"law"})",
     "70", "q\n\nA) 1\nB) 2\nC) 3\nD) 4\nE) 5\nF) 6\nG) 7\nH) 8\nI) 9\nJ) 10",
     R"([{"checker":"choice","gold":"J","options":10}])"},
    {"Ceval", "ceval",
     "id,question,A,B,C,D,answer,explanation\n0,q,1,2,3,4,A,\"a\nb\"\n", "0",
     "q\n\nA) 1\nB) 2\nC) 3\nD) 4",
     R"([{"checker":"choice","gold":"A","options":4}])"},
    {"Ifeval", "ifeval",
     R"({"key":1000,"prompt":"p","instruction_id_list":["punctuation:no_comma",)"
     R"("length_constraints:number_words"],"kwargs":[{},{"num_words":300}]})",
     "1000", "p",
     R"([{"checker":"ifeval","instruction_id_list":["punctuation:no_comma",)"
     R"("length_constraints:number_words"],"kwargs":[{},{"num_words":300}]}])"},
    {"LcbStdin", "livecodebench",
     R"({"question_id":"a_1","question_content":"q","starter_code":"",)"
     R"("public_test_cases":"[{\"input\":\"1\\n\",\"output\":\"2\\n\",)"
     R"(\"testtype\":\"stdin\"}]","private_test_cases":"[]","metadata":"{}"})",
     "a_1", "q",
     R"([{"checker":"code","language":"python","tests":[)"
     R"({"stdin":"1\n","stdout":"2\n","visible":true}]}])"},
    // The private tests: base64 of zlib of a pickle of JSON.
    {"LcbPacked", "livecodebench",
     R"({"question_id":"b","question_content":"q",)"
     R"("starter_code":"class Solution:","public_test_cases":"[]",)"
     R"("private_test_cases":")"
     "eJxrYJnqygABPY7R1UqZeQWlJUpWCkrRhjoKRrExecZKOgpK+aUlUGEzELck"
     "tbikpLIgFSSQVpqXXJKZn5eYo1QbO0UPAEXxFww="
     R"(","metadata":"{\"func_name\": \"add\"}"})",
     "b", "q\n\nBegin with this code:\n```python\nclass Solution:\n```",
     R"([{"checker":"code","language":"python","tests":[)"
     R"({"call":"Solution().add","args":[[1,2],3],"returns":6}]}])"},
};
INSTANTIATE_TEST_SUITE_P(Suites, OneItem, testing::ValuesIn(kRows),
                         [](const auto& test) { return test.param.name; });

struct BadRow {
  const char* name;
  std::string_view suite;
  std::string_view text;
  std::string_view want;  // part of the error
};
void PrintTo(const BadRow& c, std::ostream* os) { *os << c.name; }

class BadSuites : public testing::TestWithParam<BadRow> {};

TEST_P(BadSuites, AreErrorsWithAPlace) {
  const Scratch scratch;
  const auto tasks =
      ReadSuite(*FindSuite(GetParam().suite), scratch.Write(GetParam().text));
  ASSERT_FALSE(tasks);
  EXPECT_THAT(tasks.error().ToString(), HasSubstr(GetParam().want));
}

constexpr BadRow kBadRows[] = {
    {"SecondLine", "aime",
     "{\"problem\":\"p\",\"answer\":\"1\"}\n{\"problem\":\"p\"}",
     "file:2: \"answer\" must be"},
    {"Element", "aime", R"([{"problem":"p","answer":"1"},{"answer":"1"}])",
     "element 2: \"problem\" must be a string"},
    {"EmptyAnswer", "cmath", R"({"question":"q","answer":""})", "not empty"},
    {"NoBox", "minerva", R"({"problem":"p","solution":"1"})", "file:1: no"},
    {"NoBody", "svamp", R"({"Question":"q","Answer":1})", "\"Body\" must be"},
    {"Twice", "svamp",
     "{\"Body\":\"b\",\"Question\":\"q\",\"Answer\":1,\"ID\":\"x\"}\n"
     "{\"Body\":\"b\",\"Question\":\"q\",\"Answer\":1,\"ID\":\"x\"}",
     "the id \"x\" is there twice"},
    {"NoSuchOption", "lsat",
     R"({"question":"q","options":["(A)x","(B)y"],"label":"C"})",
     "file:1: the answer must be letters from A to B"},
    {"SmallLetter", "lsat",
     R"({"question":"q","options":["(A)x","(B)y"],"label":"a"})",
     "letters from A to B"},
    {"OneOption", "lsat", R"({"question":"q","options":["x"],"label":"A"})",
     "2 to 26 options"},
    {"OptionsGap", "gaokao_choice",
     R"({"question":"q","options":{"A":"1","C":"2"},"label":"A"})",
     "\"options\": \"B\" must be a string"},
    {"MixedLetter", "gaokao",
     R"({"question":"q","answer":"1","choice_answer":"E"})", "from A to D"},
    {"MmluIndex", "mmlu", R"({"question":"q","choices":["1","2"],"answer":2})",
     "no option's number"},
    {"MmluFields", "mmlu", "q,1,2,3,C\n", "file:1: must have 6 fields"},
    {"MmluOpenQuote", "mmlu", "q,1,2,3,4,A\n\"q,1,2\n3,4,A\n",
     "file:2: a quote is not closed"},
    {"StemWithoutSubject", "mmlu_stem",
     R"({"question":"q","choices":["1","2"],"answer":0})", "\"subject\""},
    {"CevalEmpty", "ceval", "", "wanted is a head"},
    {"CevalHead", "ceval", "id,question,A,B,C,D\n", "no column \"answer\""},
    {"CevalShort", "ceval", "id,question,A,B,C,D,answer\n0,q,1,2\n",
     "file:2: has 4 fields, the head 7"},
    {"CevalTestSplit", "ceval", "id,question,A,B,C,D,answer\n0,q,1,2,3,4,\n",
     "file:2: has no answer"},
    {"HumanEvalNoTest", "humaneval", R"({"prompt":"p","entry_point":"f"})",
     "\"test\" must be a string"},
    {"MbppNoTests", "mbpp", R"({"text":"t","test_list":[]})", "is empty"},
    {"MbppNumber", "mbpp", R"({"text":"t","test_list":[1]})", "hold strings"},
    {"IfevalKwargs", "ifeval",
     R"({"prompt":"p","instruction_id_list":["a"],"kwargs":[]})",
     "one entry an instruction"},
    {"LcbBroken", "livecodebench",
     R"({"question_content":"q","public_test_cases":"[]",)"
     R"("private_test_cases":"eJxr"})",
     "\"private_test_cases\" is neither"},
    {"LcbNoName", "livecodebench",
     R"({"question_content":"q","private_test_cases":"[]",)"
     R"("public_test_cases":"[{\"input\":\"1\",\"output\":\"2\",)"
     R"(\"testtype\":\"functional\"}]"})",
     "without a func_name"},
    {"LcbNoTests", "livecodebench",
     R"({"question_content":"q","private_test_cases":"[]",)"
     R"("public_test_cases":"[]"})",
     "has no tests"},
};
INSTANTIATE_TEST_SUITE_P(Suites, BadSuites, testing::ValuesIn(kBadRows),
                         [](const auto& test) { return test.param.name; });

TEST(Suites, NamesAreSortedAndFound) {
  std::string_view before;
  for (const Suite& suite : Suites()) {
    EXPECT_LT(before, suite.name);
    EXPECT_EQ(FindSuite(suite.name), &suite);
    before = suite.name;
  }
  EXPECT_EQ(FindSuite("nothing"), nullptr);
}

TEST(Gpqa, OptionsStandInAnOrderOfTheirOwn) {
  const Scratch scratch;
  std::string text =
      "Record ID,Question,Correct Answer,Incorrect Answer 1,Incorrect Answer "
      "2,Incorrect Answer 3\n";
  for (int i = 0; i < 200; ++i) {
    text += "r,\"question\n" + std::to_string(i) + "\",right,a,b,c\n";
  }
  const std::string path = scratch.Write(text);
  const auto items = ReadGpqa(path);
  ASSERT_TRUE(items) << items.error().ToString();
  ASSERT_EQ(items->size(), 200U);
  std::vector<int> places(4);
  for (const ChoiceItem& item : *items) {
    ASSERT_EQ(item.gold.size(), 1U);
    const auto place = static_cast<std::size_t>(item.gold[0] - 'A');
    EXPECT_EQ(item.options[place], "right");
    auto sorted = item.options;
    std::sort(sorted.begin(), sorted.end());
    EXPECT_EQ(sorted, (std::vector<std::string>{"a", "b", "c", "right"}));
    ++places[place];
  }
  for (const int count : places) EXPECT_GT(count, 25);
  const auto again = ReadGpqa(path);
  EXPECT_EQ(again->back().gold, items->back().gold);
}

TEST(CsvReader, QuotesCommasAndLineEnds) {
  const Scratch scratch;
  auto csv = CsvReader::Open(
      scratch.Write("a,,\"b,\"\"c\"\"\r\nd\"\r\n\n\"\",x\"y\nlast"));
  ASSERT_TRUE(csv);
  using Fields = std::vector<std::string>;
  ASSERT_TRUE(*csv->Next());
  EXPECT_EQ(csv->row(), (Fields{"a", "", "b,\"c\"\nd"}));
  ASSERT_TRUE(*csv->Next());
  EXPECT_EQ(csv->row(), (Fields{"", "x\"y"}));
  EXPECT_EQ(csv->number(), 4U);
  ASSERT_TRUE(*csv->Next());
  EXPECT_EQ(csv->row(), Fields{"last"});
  EXPECT_FALSE(*csv->Next());
  auto bad = CsvReader::Open(scratch.Write("\"a\"b\n"));
  EXPECT_THAT(bad->Next().error().ToString(), HasSubstr("closing quote"));
}

TEST(PickledString, EveryProtocol) {
  const std::string want =
      R"([{"input": "[1, 2]\n3", "output": "6", "testtype": "functional"}])";
  const std::string_view all[] = {
      "eJxrYIpwZGBgiK5WyswrKC1RslJQijbUUTCKjckzVtJRUMovLYEKm4G4JanF"
      "JSWVBakggbTSvOSSzPy8xByl2thCBj0ACUYV2Q==",
      "eJxrYI5wZGBgiK5WyswrKC1RslJQijbUUTCKjckzVtJRUMovLYEKm4G4JanF"
      "JSWVBakggbTSvOSSzPy8xByl2thCBj0ACZAV2g==",
      "eJxrYJnqygABPY7R1UqZeQWlJUpWCkrRhjoKRrExecZKOgpK+aUlUGEzELck"
      "tbikpLIgFSSQVpqXXJKZn5eYo1QbO0UPAEXxFww=",
      "eJxrYJ3qygABPY7R1UqZeQWlJUpWCkrRhjoKRrExecZKOgpK+aUlUGEzELck"
      "tbikpLIgFSSQVpqXXJKZn5eYo1QbO0UPAEZAFw0="};
  for (const std::string_view one : all) EXPECT_EQ(UnpackTests(one), want);
  // Cut anywhere, it is nothing.
  for (std::size_t size = 0; size + 2 < all[0].size(); ++size) {
    EXPECT_EQ(UnpackTests(all[0].substr(0, size)), std::nullopt) << size;
  }
}

TEST(PickledString, NothingButAString) {
  using std::string_view_literals::operator""sv;
  EXPECT_EQ(UnpickleString("\x80\x04\x8c\x01"
                           "a\x94."sv),
            "a");
  EXPECT_EQ(UnpickleString("\x80\x02X\x01\0\0\0aq\0."sv), "a");
  EXPECT_EQ(UnpickleString("\x80\x04\x8c\x01"
                           "a\x94.."sv),
            std::nullopt);
  EXPECT_EQ(UnpickleString("\x80\x04\x8c\x01"
                           "a\x8c\x01"
                           "b."sv),
            std::nullopt);
  EXPECT_EQ(UnpickleString("\x80\x04\x8c\x09"
                           "a\x94."sv),
            std::nullopt);
  EXPECT_EQ(UnpickleString("\x80\x04."sv), std::nullopt);
  EXPECT_EQ(UnpickleString("cos\nsystem\n(S'x'\ntR."sv), std::nullopt);
}

TEST(SuitePrompt, AsksForTheBoxTheLetterOrTheProgram) {
  const auto ask = [](std::string_view suite, std::string_view text) {
    const Scratch scratch;
    const Suite& one = *FindSuite(suite);
    const auto tasks = ReadSuite(one, scratch.Write(text));
    return ZeroShotQuestion(one, tasks->front());
  };
  EXPECT_EQ(ask("aime", R"({"problem":"p","answer":"1"})"),
            "p\n\nPlease reason step by step, and put your final answer within "
            "\\boxed{}.");
  EXPECT_THAT(ask("cmath", R"({"question":"q","answer":"1"})"),
              HasSubstr("\\boxed{}中。"));
  EXPECT_THAT(
      ask("lsat", R"({"question":"q","options":["1","2"],"label":"A"})"),
      HasSubstr("the letter of"));
  EXPECT_THAT(
      ask("lsat", R"({"question":"q","options":["1","2"],"label":"AB"})"),
      HasSubstr("letters of all"));
  EXPECT_THAT(ask("mbpp", R"({"text":"t","test_list":["assert f"]})"),
              HasSubstr("```python"));
  EXPECT_EQ(ask("ifeval",
                R"({"prompt":"p","instruction_id_list":["a"],"kwargs":[{}]})"),
            "p");
}

TEST(SuitePrompt, ExamplesStandBeforeTheQuestion) {
  const Suite& suite = *FindSuite("aime");
  Task task;
  task.question = "q";
  const std::vector<Shot> shots{{"1+1", "\\boxed{2}"}};
  EXPECT_EQ(FewShotQuestion(suite, task, shots),
            "Please reason step by step, and put your final answer within "
            "\\boxed{}.\n\nQuestion: 1+1\nAnswer: \\boxed{2}\n\nQuestion: "
            "q\nAnswer: ");
  EXPECT_EQ(FewShotQuestion(suite, task, {}), ZeroShotQuestion(suite, task));
  task.language = "zh";
  EXPECT_THAT(FewShotQuestion(suite, task, shots), HasSubstr("\n\n问题：1+1"));
}

}  // namespace
}  // namespace datasets
