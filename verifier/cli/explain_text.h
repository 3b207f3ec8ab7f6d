// ExplainText: the steps of an explained item as text for a person, or as JSON.
// Thread-safe: no state.

#ifndef VERIFIER_CLI_EXPLAIN_TEXT_H_
#define VERIFIER_CLI_EXPLAIN_TEXT_H_

#include <boost/json/object.hpp>
#include <string>
#include <string_view>

#include "verifier/engine/explain.h"

namespace verifier::cli {

// A paragraph a check: a line a step, the place in `response` underlined below
// it, a text in shades where there is one (shaded.h), the verdict last. Control
// characters are shown, never sent.
[[nodiscard]] std::string ExplainText(const engine::ExplainedItem& explained,
                                      std::string_view response, bool color);

// The result as `assay score` gives it, with "steps" in each check: [{"step",
// "finding", "begin", "end", "shade"}], places in bytes of the response.
[[nodiscard]] boost::json::object ExplainJson(
    const engine::ExplainedItem& explained);

// The same as one HTML page that needs nothing else.
[[nodiscard]] std::string ExplainHtml(const engine::ExplainedItem& explained,
                                      std::string_view response);

}  // namespace verifier::cli

#endif  // VERIFIER_CLI_EXPLAIN_TEXT_H_
