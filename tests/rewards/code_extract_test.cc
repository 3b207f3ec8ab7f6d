// Tests rewards/code/extract.h.

#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>

#include "rewards/code/extract.h"

namespace rewards::code {
namespace {

struct Row {
  const char* name;
  std::string_view answer;
  std::string_view source;  // empty: not found
  std::string_view reason = "";
};

void PrintTo(const Row& row, std::ostream* os) { *os << row.name; }

const sandbox::Language& Python() { return *sandbox::FindLanguage("python"); }
const sandbox::Language& Cpp() { return *sandbox::FindLanguage("cpp"); }

constexpr std::string_view kNone = "no code block of the language";
constexpr std::string_view kOpen = "the last code block is not closed";
constexpr std::string_view kEmpty = "the code block is empty";

constexpr Row kRows[] = {
    {"Tagged", "So:\n```python\nprint(1)\n```\nDone.", "print(1)\n"},
    {"ShortTag", "```py\nprint(1)\n```", "print(1)\n"},
    {"UpperTag", "```Python3\nprint(1)\n```", "print(1)\n"},
    {"TagWithAttributes", "```python title=\"a\"\nprint(1)\n```", "print(1)\n"},
    {"TagWithKey", "```python3 title=x\nprint(1)\n```", "print(1)\n"},
    {"TagWithFile", "```python:main.py\nprint(1)\n```", "print(1)\n"},
    {"TagWithLines", "```python{1,3}\nprint(1)\n```", "print(1)\n"},
    {"ClassInBraces", "```{.python}\nprint(1)\n```", "print(1)\n"},
    {"ClassAmongOthers", "``` {#a .Python .numberLines}\nprint(1)\n```",
     "print(1)\n"},
    {"NameInBraces", "```{python}\nprint(1)\n```", "print(1)\n"},
    {"NameAndKeyInBraces", "```{python, echo=TRUE}\nprint(1)\n```",
     "print(1)\n"},
    {"KeyBeforeClass", "```{title=x .python}\nprint(1)\n```", "print(1)\n"},
    {"OtherInBraces", "```{.r .python}\nprint(1)\n```", "", kNone},
    {"RawInBraces", "```{=python}\nprint(1)\n```", "", kNone},
    {"NothingInBraces", "```{}\nprint(1)\n```", "", kNone},
    {"OpenBrace", "```{\nprint(1)\n```", "", kNone},
    {"ByteOrderMark", "\xEF\xBB\xBFprint(1)", "print(1)"},
    {"ByteOrderMarkBeforeFence", "\xEF\xBB\xBF```python\nprint(1)\n```",
     "print(1)\n"},
    {"ByteOrderMarkInBlock", "```python\n\xEF\xBB\xBFprint(1)\n```",
     "print(1)\n"},
    // A program is one file.
    {"NameBeforeFence", "main.py\n```python\nprint(1)\n```", "print(1)\n"},
    {"NameInComment",
     "```python\n# file: a.py\nx = 1\n```\n```python\n# file: "
     "main.py\nimport a\n```",
     "# file: main.py\nimport a\n"},
    {"Untagged", "```\nprint(1)\n```", "print(1)\n"},
    {"Tildes", "~~~python\nprint(1)\n~~~", "print(1)\n"},
    {"CarriageReturns", "```python\r\nprint(1)\r\n```\r\n", "print(1)\r\n"},
    {"LastOfTwo", "```python\nprint(1)\n```\n```python\nprint(2)\n```",
     "print(2)\n"},
    {"TaggedBeforeUntagged", "```python\nprint(1)\n```\n```\n3 4\n```",
     "print(1)\n"},
    {"OutputAfterwards", "```python\nprint(1)\n```\n```text\n1\n```",
     "print(1)\n"},
    {"InAList", "1. So\n   ```python\n   if x:\n     y\n   ```",
     "if x:\n  y\n"},
    {"LongFenceHoldsShortOne", "````python\ns = '''\n```\n'''\n````",
     "s = '''\n```\n'''\n"},
    {"OtherMarkInside", "```python\ns = '''\n~~~\n'''\n```",
     "s = '''\n~~~\n'''\n"},
    {"InlineCodeIsText", "```x``` is no fence\n```python\nprint(1)\n```",
     "print(1)\n"},
    {"EmptyFenceAtTheEnd", "```python\nprint(1)\n```\n```\n", "print(1)\n"},

    {"NoFence", "print(1)", "print(1)"},
    {"NoFenceImport", "\n# sum\nimport sys\nprint(1)",
     "\n# sum\nimport sys\nprint(1)"},
    {"NoFenceAssignment", "a, b = map(int, input().split())",
     "a, b = map(int, input().split())"},
    {"NoFenceDefinition", "def f(x):\n  return x", "def f(x):\n  return x"},
    {"NoFenceLoop", "while True: pass", "while True: pass"},
    {"Prose", "I do not know how to write this.", "", kNone},
    {"ProseWithColon", "The answer: 42", "", kNone},
    {"Number", "42", "", kNone},
    {"Heading", "# Solution\n\nFirst we add the numbers.", "", kNone},
    {"ImportantProse", "important: read the input first", "", kNone},
    {"OtherLanguage", "```cpp\nint main() {}\n```", "", kNone},
    {"LanguageThatStartsLikeIt", "```pythonic\nprint(1)\n```", "", kNone},
    {"Empty", "", "", kNone},
    {"EmptyBlock", "```python\n \n```", "", kEmpty},
    {"LastIsEmpty", "```python\nprint(1)\n```\n```python\n```", "", kEmpty},
    {"CutOff", "```python\nprint(1)\n", "", kOpen},
    {"CutOffAfterAnother",
     "```python\nprint(1)\n```\nBetter:\n```python\nprint(2)", "", kOpen},
};

class ExtractTest : public testing::TestWithParam<Row> {};

TEST_P(ExtractTest, Finds) {
  const Row& row = GetParam();
  const Extraction got = ExtractProgram(Python(), row.answer);
  EXPECT_EQ(got.found, !row.source.empty()) << got.source;
  EXPECT_EQ(got.source, row.source);
  EXPECT_EQ(got.reason, row.reason);
}

INSTANTIATE_TEST_SUITE_P(Code, ExtractTest, testing::ValuesIn(kRows),
                         [](const auto& test) { return test.param.name; });

constexpr Row kCppRows[] = {
    {"Tagged", "So:\n```cpp\nint main() {}\n```\nDone.", "int main() {}\n"},
    {"Plus", "```c++\nint main() {}\n```", "int main() {}\n"},
    {"UpperPlus", "```C++\nint main() {}\n```", "int main() {}\n"},
    {"Cxx", "```cxx\nint main() {}\n```", "int main() {}\n"},
    {"Untagged", "```\nint main() {}\n```", "int main() {}\n"},
    {"LastOfTwo", "```cpp\nint a;\n```\n```cpp\nint b;\n```", "int b;\n"},
    {"CarriageReturns", "```cpp\r\nint main() {}\r\n```\r\n",
     "int main() {}\r\n"},
    {"OutputAfterwards", "```cpp\nint a;\n```\n```text\n1\n```", "int a;\n"},
    {"PythonToo", "```python\nprint(1)\n```\n```cpp\nint a;\n```", "int a;\n"},
    {"CutOff", "```cpp\nint main() {", "", kOpen},
    {"CutOffAfterAnother", "```cpp\nint a;\n```\n```cpp\nint b", "", kOpen},
    {"OtherLanguage", "```python\nprint(1)\n```", "", kNone},
    {"PlainC", "```c\nint main() {}\n```", "", kNone},
    {"NoFence", "#include <cstdio>\nint main() {}",
     "#include <cstdio>\nint main() {}"},
    {"NoFenceAfterComment", "// sum\nusing namespace std;\nint main() {}",
     "// sum\nusing namespace std;\nint main() {}"},
    {"NoFenceMain", "int main() { return 0; }", "int main() { return 0; }"},
    {"NoFenceTemplate", "template <int N> struct A {};",
     "template <int N> struct A {};"},
    {"Prose", "I do not know how to write this.", "", kNone},
    {"ProseUsing", "using a hash map we can solve it", "", kNone},
    {"ProseClass", "class of problems", "", kNone},
    {"Heading", "# Solution\n\nFirst we add the numbers.", "", kNone},
    {"Import", "import the numbers first", "", kNone},
    {"PythonWithoutFence", "import sys\nprint(1)", "", kNone},
};

class CppExtractTest : public testing::TestWithParam<Row> {};

TEST_P(CppExtractTest, Finds) {
  const Row& row = GetParam();
  const Extraction got = ExtractProgram(Cpp(), row.answer);
  EXPECT_EQ(got.found, !row.source.empty()) << got.source;
  EXPECT_EQ(got.source, row.source);
  EXPECT_EQ(got.reason, row.reason);
}

INSTANTIATE_TEST_SUITE_P(Code, CppExtractTest, testing::ValuesIn(kCppRows),
                         [](const auto& test) { return test.param.name; });

TEST(ExtractTest, FourMegabytesOfFencesAreReadInOneGo) {
  std::string answer;
  while (answer.size() < (4U << 20)) answer += "```python\nx\n```\n";
  EXPECT_EQ(ExtractProgram(Python(), answer).source, "x\n");
}

}  // namespace
}  // namespace rewards::code
