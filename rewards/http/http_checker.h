// HttpChecker: a server elsewhere as a checker. Immutable; any thread may use
// it, and its connections live as long as it does.
//
// The server gets a POST with {"id", "prompt", "response", "template",
// "params"}, and answers 200 with {"id", "score", "outcome"?, "detail"?}, as
// plugin/plugin_protocol.h has it; nothing else is believed.
//
// Outcomes: what the server answers; `unreadable` where what would be sent of
// the response is empty (then it is not asked); and where it fails, what
// fault.h finds out.

#ifndef REWARDS_HTTP_HTTP_CHECKER_H_
#define REWARDS_HTTP_HTTP_CHECKER_H_

#include <memory>
#include <string>

#include "rewards/checker.h"
#include "rewards/http/remote_options.h"
#include "rewards/plugin/plugin_protocol.h"

namespace rewards::http {

// Null, with why in `problem`, where `options` cannot be used or its schema
// file is bad. Connects to nothing: a server may come later. Requires:
// options.kind is kHttp.
[[nodiscard]] std::unique_ptr<const Checker> MakeHttpChecker(
    const RemoteOptions& options, plugin::JsonReader read,
    std::string& problem);

}  // namespace rewards::http

#endif  // REWARDS_HTTP_HTTP_CHECKER_H_
