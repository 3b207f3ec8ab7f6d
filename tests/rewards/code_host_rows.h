// HostRow: one call test in a language, for tests. Each language has right and
// wrong programs, and programs that want to be paid for neither.

#ifndef TESTS_REWARDS_CODE_HOST_ROWS_H_
#define TESTS_REWARDS_CODE_HOST_ROWS_H_

#include <ostream>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace rewards {

// The verdict of a row that races: any that earns nothing.
inline constexpr std::string_view kUnpaid = "not AC";

struct HostRow {
  const char* name;
  std::string_view language;
  std::string_view program;
  std::string_view test;  // JSON
  std::string_view verdict;
  std::string_view rest = "";    // more parameters
  std::string_view reason = "";  // a part of the test's, which says why
};

inline void PrintTo(const HostRow& row, std::ostream* os) { *os << row.name; }

struct HostRowName {
  template <typename Info>
  std::string operator()(const Info& info) const {
    return info.param.name;
  }
};

inline constexpr std::string_view kAdd =
    R"({"call":"add","args":[40,2],"returns":42})";
// All that JSON has; of f, which returns its argument.
inline constexpr std::string_view kEcho =
    R"({"call":"f","args":[[null,true,false,0,-3,2.5,1e300,"","a\u0000é😀",)"
    R"([],[1,[2]],{"a":{"b":[1]},"__proto__":2,"":"x"}]],)"
    R"("returns":[null,true,false,0,-3,2.5,1e300,"","a\u0000é😀",)"
    R"([],[1,[2]],{"a":{"b":[1]},"__proto__":2,"":"x"}]})";
inline constexpr std::string_view kThree = R"({"call":"f","returns":3})";
inline constexpr std::string_view kOneTwo = R"({"call":"f","returns":[1,2]})";
inline constexpr std::string_view kTrue = R"({"call":"f","returns":true})";
inline constexpr std::string_view kNull = R"({"call":"f","returns":null})";
inline constexpr std::string_view kShort = R"("limits":{"cpu_s":0.5})";
inline constexpr std::string_view kBrief = R"("limits":{"wall_s":1})";

extern const std::vector<HostRow> kJavaScriptRows;
extern const std::vector<HostRow> kTypeScriptRows;
extern const std::vector<HostRow> kRubyRows;
extern const std::vector<HostRow> kPhpRows;
extern const std::vector<HostRow> kPerlRows;
extern const std::vector<HostRow> kLuaRows;
extern const std::vector<HostRow> kBashRows;
extern const std::vector<HostRow> kCppRows;
extern const std::vector<HostRow> kCpp17Rows;
extern const std::vector<HostRow> kJavaRows;
extern const std::vector<HostRow> kCSharpRows;
extern const std::vector<HostRow> kGoRows;
extern const std::vector<HostRow> kRustRows;

// Of each language its rows.
[[nodiscard]] std::vector<std::span<const HostRow>> AllHostRows();

}  // namespace rewards

#endif  // TESTS_REWARDS_CODE_HOST_ROWS_H_
