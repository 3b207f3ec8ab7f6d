#include "verifier/cli/checker_list.h"

#include <boost/json/array.hpp>
#include <chrono>
#include <utility>

#include "verifier/cli/client_thread.h"
#include "verifier/cli/command_line.h"
#include "verifier/cli/exit_code.h"
#include "verifier/cli/local_checkers.h"
#include "verifier/engine/describe.h"

namespace verifier::cli {

namespace json = boost::json;

std::optional<json::value> DescriptionOf(const std::string& server,
                                         const std::vector<std::string>& files,
                                         int& exit_code) {
  if (server.empty()) {
    const auto checkers = MakeLocalCheckers(files, exit_code);
    if (!checkers) return std::nullopt;
    return engine::DescribeCheckers(*checkers->registry);
  }
  const auto endpoint = client::ParseEndpoint(server);
  if (!endpoint) {
    Complain(endpoint.error().detail);
    exit_code = kExitUsage;
    return std::nullopt;
  }
  ClientThread client(*endpoint);
  auto checkers = client.Wait(client.client().Checkers(
      std::chrono::steady_clock::now() + std::chrono::seconds(10)));
  if (!checkers) {
    Complain(Printable(checkers.error().detail, 500));
    exit_code = kExitUnreachable;
    return std::nullopt;
  }
  return std::move(*checkers);
}

namespace {

std::vector<json::object> ObjectsAt(const json::value& description,
                                    std::string_view key) {
  std::vector<json::object> list;
  const json::object* object = description.if_object();
  const json::value* array = object ? object->if_contains(key) : nullptr;
  if (array == nullptr || !array->is_array()) return list;
  for (const json::value& one : array->get_array()) {
    if (one.is_object()) list.push_back(one.get_object());
  }
  return list;
}

}  // namespace

std::vector<json::object> CheckersIn(const json::value& description) {
  return ObjectsAt(description, "checkers");
}

std::vector<json::object> ProfilesIn(const json::value& description) {
  return ObjectsAt(description, "profiles");
}

std::string TextOf(const json::object& checker, std::string_view key) {
  const json::value* value = checker.if_contains(key);
  return value != nullptr && value->is_string()
             ? Printable(std::string_view(value->get_string()), 200)
             : "";
}

}  // namespace verifier::cli
