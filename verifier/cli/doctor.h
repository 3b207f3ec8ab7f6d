// Doctor: what works here, what does not, and what would help; as a value, as
// text and as JSON.

#ifndef VERIFIER_CLI_DOCTOR_H_
#define VERIFIER_CLI_DOCTOR_H_

#include <boost/json/object.hpp>
#include <cstddef>
#include <string>
#include <vector>

#include "verifier/cli/config/load.h"
#include "verifier/cli/machine.h"
#include "verifier/engine/jail_report.h"

namespace verifier::cli {

struct Doctor {
  // A language of programs, or a checker that is plugged in.
  struct Part {
    std::string name{};
    std::string version{};  // empty: unknown
    std::string problem{};  // empty: it works
    bool fatal = false;     // an error, else a warning
    bool absent = false;    // not installed, which is no warning
  };

  std::string version{};  // of this build, see VersionLine
  Machine machine{};
  engine::JailReport jail{};
  std::string required = "any";  // "L0" to "L3"
  std::vector<Part> languages{};
  std::vector<Part> plugins{};
  std::vector<std::string> files{};  // of the configuration
  std::vector<std::string> set{};    // "limit.items = 5 (--limit-items)"
  std::vector<std::string> config_errors{};  // then nothing is set

  [[nodiscard]] bool below_required() const;
  [[nodiscard]] std::size_t errors() const;
  [[nodiscard]] std::size_t warnings() const;
};

// Examines this machine and the configuration of `sources`: makes a jail, runs
// a small program in each language, starts the plugins, connects to servers.
// `require` empty: as the configuration says. Blocks for all that: a second or
// two, and the plugins' start_timeout.
[[nodiscard]] Doctor Examine(const config::Sources& sources,
                             const std::string& require);

[[nodiscard]] std::string DoctorText(const Doctor& doctor, bool color);
[[nodiscard]] boost::json::object DoctorJson(const Doctor& doctor);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_DOCTOR_H_
