// CheckerList: what this build, a configuration or an assayd can judge, for the
// commands that show it. Thread-safe: no state.

#ifndef VERIFIER_CLI_CHECKER_LIST_H_
#define VERIFIER_CLI_CHECKER_LIST_H_

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace verifier::cli {

// GET /v1/checkers of `server`, or the same of this process with the
// configuration in `files`. None, with `exit_code` set and the reason said,
// where it cannot be had. Blocks up to 10 s, or for the plugins' start.
[[nodiscard]] std::optional<boost::json::value> DescriptionOf(
    const std::string& server, const std::vector<std::string>& files,
    int& exit_code);

// The objects of {"checkers": [...]}; empty where it is something else.
[[nodiscard]] std::vector<boost::json::object> CheckersIn(
    const boost::json::value& description);

// The same of {"profiles": [...]}; empty where there is none, as of an older
// service.
[[nodiscard]] std::vector<boost::json::object> ProfilesIn(
    const boost::json::value& description);

// The string at `key` of a checker, for people; empty where there is none.
[[nodiscard]] std::string TextOf(const boost::json::object& checker,
                                 std::string_view key);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_CHECKER_LIST_H_
