// PluginChecker: an external program as a checker. Immutable; any thread may
// use it, and its processes live as long as it does.
//
// Outcomes: what the plugin answers. An item whose process ended, or gave no
// good answer in time, is not judged by that: another process is asked with an
// empty response. If that fails too, the plugin is broken: `not_judged`. Else
// the item is asked again; what is answered now counts, and a second failure is
// the answer's: `timeout` or `wrong`. An item whose process was killed from
// outside is `not_judged` where it can be judged after all: the kill was
// nobody's answer; where it fails three times, it was this one's.

#ifndef REWARDS_PLUGIN_PLUGIN_CHECKER_H_
#define REWARDS_PLUGIN_PLUGIN_CHECKER_H_

#include <memory>
#include <string>

#include "rewards/checker.h"
#include "rewards/plugin/plugin_log.h"
#include "rewards/plugin/plugin_options.h"
#include "rewards/plugin/plugin_protocol.h"

namespace rewards::plugin {

// Starts the plugin and waits for its first line, up to start_timeout. Null,
// with why in `problem`, where there is none that is good, or where `options`
// cannot be used. A Judge of its checks blocks up to three times min(the item's
// deadline, options.deadline), and where a process fails, up to that and
// options.start_timeout for another.
[[nodiscard]] std::unique_ptr<const Checker> MakePluginChecker(
    const PluginOptions& options, PluginLog::Sink log, JsonReader read,
    std::string& problem);

// Starts the plugin once more, asks it nothing and closes its standard input.
// Returns what is wrong with how it ends, or empty. As MakePluginChecker.
[[nodiscard]] std::string FarewellProblem(const PluginOptions& options,
                                          PluginLog::Sink log);

}  // namespace rewards::plugin

#endif  // REWARDS_PLUGIN_PLUGIN_CHECKER_H_
