#include "verifier/server/problem.h"

#include <boost/beast/http/status.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "verifier/protocol/json_text.h"

namespace verifier::server {

namespace http = boost::beast::http;
namespace json = boost::json;

std::string ProblemText(const Problem& problem) {
  const auto status =
      http::int_to_status(static_cast<unsigned>(problem.status));
  json::object object;
  object["type"] = "about:blank";
  object["title"] = std::string(http::obsolete_reason(status));
  object["status"] = problem.status;
  object["detail"] = problem.detail;
  if (problem.has_pointer) {
    json::object error;
    error["pointer"] = problem.pointer;
    error["detail"] = problem.detail;
    object["errors"] = json::array{std::move(error)};
  }
  return protocol::JsonText(object);
}

std::string OverLimit(const std::string& what, const std::string& name,
                      std::size_t value, const std::string& unit) {
  return what + " is over limit." + name + " = " + std::to_string(value) + " " +
         unit;
}

}  // namespace verifier::server
