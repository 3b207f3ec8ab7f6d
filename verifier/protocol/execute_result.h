// ExecuteResult: the answer of POST /v1/execute, and of `assay run --json`.
// Plain values; any thread.

#ifndef VERIFIER_PROTOCOL_EXECUTE_RESULT_H_
#define VERIFIER_PROTOCOL_EXECUTE_RESULT_H_

#include <boost/json/object.hpp>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "verifier/protocol/field.h"

namespace verifier::protocol {

// How one process ended: of the compiler, or of the program.
struct ProcessResult {
  std::optional<int> exit_code{};  // it exited
  std::optional<int> signal{};     // it died of a signal that was not a limit's
  double cpu_ms = 0;
  double wall_ms = 0;
  std::int64_t memory_kb = 0;
  std::string out{};  // untrusted bytes
  std::string err{};
  bool truncated = false;  // one of them was cut at its limit

  // Of a compiler: it ran earlier, or for another, for equal sources, and these
  // are its figures.
  std::optional<bool> cached{};
};

struct WantedFile {
  std::string name{};
  std::string content{};  // untrusted bytes
  std::string problem{};  // why there is no content; empty: there is
};

struct ExecuteResult {
  // OK (it exited 0), RE, TLE (cpu), ILE (wall), OLE, SV, CE, CTLE, or IE: we
  // failed, and nothing is said of the program. Fails closed.
  std::string verdict = "IE";
  std::string failure{};  // of IE: what failed
  std::optional<ProcessResult> compile{};
  std::optional<ProcessResult> run{};  // none: it was not run
  std::vector<WantedFile> files{};
  std::optional<boost::json::object> enforced{};  // none: there is no jail
};

// What the text looks like.
[[nodiscard]] const ObjectType& ExecuteResponseType();

// {"verdict", "failure", "compile", "run", "files", "enforced"} as text;
// "failure" only where there is one. Where the output of a process, or a file,
// is not UTF-8, its bytes are base64 and "encoding" says so: in a process for
// both its streams.
[[nodiscard]] std::string ExecuteResponseText(const ExecuteResult& result);

}  // namespace verifier::protocol

#endif  // VERIFIER_PROTOCOL_EXECUTE_RESULT_H_
