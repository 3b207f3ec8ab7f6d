// Tests of the check `code` from the fields that data sets of programs share.
// Pure but for ReadProblems; any thread. An error is what is wrong, without a
// place.

#ifndef DATASETS_SUITES_CODE_TESTS_H_
#define DATASETS_SUITES_CODE_TESTS_H_

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "datasets/file_error.h"
#include "datasets/task.h"

namespace datasets {

// Most tests of a task, as the checker has it; of more the first ones count.
inline constexpr std::size_t kMaxSuiteTests = 1000;

using Wrong = std::optional<std::string>;

// JSON of at most kMaxRecordDepth. Nothing where it is none.
[[nodiscard]] std::optional<boost::json::value> ParseJson(
    std::string_view text);

// What one calls to test a function: `Solution().NAME` where the starter code
// has a class, as LeetCode has it.
[[nodiscard]] std::string CallOf(const std::string& name,
                                 std::string_view starter);

// A test of standard input and output. A text is taken as it is, a list is one
// item a line.
Wrong StreamTestOf(const boost::json::value& input,
                   const boost::json::value& output, boost::json::object* test);

// A test of a function. `input` is the list of its arguments, or text with one
// a line, each JSON; `output` is what it returns, or as text the JSON of that
// where `input` is text.
Wrong CallTestOf(const std::string& call, const boost::json::value& input,
                 const boost::json::value& output, boost::json::object* test);

// False where no test asks for anything: doing nothing would pass.
[[nodiscard]] bool AsksForSomething(const boost::json::array& tests);

// Says of all tests so far that the prompt shows them.
void MarkVisible(boost::json::array* tests);

// Sets the one check of `task`: a program in Python. `limits` may be empty.
void SetPythonCheck(boost::json::array tests, boost::json::object limits,
                    Task* task);

// Puts these into `limits`, as near as the checker allows; 0: not known.
void SetLimits(double seconds, double bytes, boost::json::object* limits);

// Every problem in the file at `path`, as `take` makes it of its record; `kept`
// is false where nothing tests it. Its id is the first text in the record among
// those at `ids`, else its number. The ids of the others go to `left_out`.
// Blocks on the disk.
using ReadProblem = Wrong (*)(const boost::json::object& record, Task* task,
                              bool* kept);
[[nodiscard]] FileResult<std::vector<Task>> ReadProblems(
    const std::string& path, std::initializer_list<std::string_view> ids,
    ReadProblem take, std::vector<std::string>* left_out = nullptr);

// The question, with code to begin with where there is some.
[[nodiscard]] std::string WithStarter(std::string question,
                                      std::string_view starter);

}  // namespace datasets

#endif  // DATASETS_SUITES_CODE_TESTS_H_
