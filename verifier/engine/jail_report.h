// JailReport: what holds a program on this machine, layer by layer, and what
// would help where something does not. Plain values; any thread.

#ifndef VERIFIER_ENGINE_JAIL_REPORT_H_
#define VERIFIER_ENGINE_JAIL_REPORT_H_

#include <string>
#include <string_view>
#include <vector>

namespace verifier::engine {

struct JailLayer {
  std::string name{};
  bool on = false;
  std::string what{};  // what it does, or why it is off
  std::string fix{};   // what would help; empty: nothing on this machine
};

struct JailReport {
  std::string level{};    // "L0" to "L3"; empty: there is no jail
  std::string problem{};  // why not
  std::string fix{};      // what would help, where that is known
  std::vector<JailLayer> layers{};
};

// Makes a jail, which proves itself by a trial run, and says what it found.
// Claims nothing that the trial did not pass. L0 is looked for only where
// `require` is "L0". Blocks for some milliseconds.
[[nodiscard]] JailReport ReportJail(std::string_view require);

}  // namespace verifier::engine

#endif  // VERIFIER_ENGINE_JAIL_REPORT_H_
