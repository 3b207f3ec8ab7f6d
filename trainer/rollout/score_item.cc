#include "trainer/rollout/score_item.h"

#include <boost/json/object.hpp>

namespace trainer {

namespace client = verifier::client;
namespace protocol = verifier::protocol;

protocol::Item ItemOf(const ScoreTask& task) {
  return protocol::ParseItem(
      boost::json::object{{"id", task.id},
                          {"prompt", task.prompt},
                          {"response", task.response},
                          {"template", task.template_name},
                          {"checks", task.checks}});
}

bool IsOutage(client::ClientErrorCode code) {
  return code == client::ClientErrorCode::kUnreachable ||
         code == client::ClientErrorCode::kOverloaded;
}

std::string WhyNot(const protocol::ScoreResult& result) {
  if (result.error) return result.error->pointer + ": " + result.error->detail;
  for (const protocol::CheckResult& check : result.checks) {
    if (check.score) continue;
    const auto* reason = check.detail.if_contains("reason");
    return check.checker + ": " +
           (reason != nullptr && reason->is_string()
                ? std::string(reason->get_string())
                : check.outcome);
  }
  return "not judged";
}

}  // namespace trainer
