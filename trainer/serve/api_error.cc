#include "trainer/serve/api_error.h"

#include <boost/beast/http/status.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <stdexcept>

#include "verifier/protocol/json_text.h"

namespace trainer::serve {
namespace {

namespace json = boost::json;

int StatusOf(BackendErrorKind kind) {
  switch (kind) {
    case BackendErrorKind::kAbsent:
    case BackendErrorKind::kStopped:
      return 503;
    case BackendErrorKind::kRefused:
    case BackendErrorKind::kTooLong:
      return 400;
    case BackendErrorKind::kFailed:
      break;
  }
  return 500;
}

std::string_view Title(int status) {
  return boost::beast::http::obsolete_reason(
      boost::beast::http::int_to_status(static_cast<unsigned>(status)));
}

// OpenAI's name of the member at fault: "messages" of "/messages/0/role".
std::string ParamOf(std::string_view pointer) {
  if (pointer.empty()) return {};
  const std::string_view path = pointer.substr(1);
  return std::string(path.substr(0, path.find('/')));
}

}  // namespace

void throw_exception_from_error(const BackendError& error,
                                const boost::source_location&) {
  throw std::logic_error(error.detail);
}

void throw_exception_from_error(const ApiError& error,
                                const boost::source_location&) {
  throw std::logic_error(error.detail);
}

ApiError::ApiError(const BackendError& error)
    : status(StatusOf(error.kind)),
      detail(error.detail),
      retry_after_s(status == 503 ? 1 : 0) {}

ApiError Overloaded(std::string detail) {
  ApiError error(503, std::move(detail));
  error.retry_after_s = 1;
  return error;
}

std::string OverLimit(std::string_view what, std::string_view name,
                      std::size_t value, std::string_view unit) {
  std::string text(what);
  text += " is over limit.";
  text += name;
  text += " = " + std::to_string(value) + ' ';
  text += unit;
  return text;
}

std::string ProblemText(const ApiError& error) {
  json::object problem{{"type", "about:blank"},
                       {"title", Title(error.status)},
                       {"status", error.status},
                       {"detail", error.detail}};
  if (!error.pointer.empty()) {
    problem["errors"] = json::array{
        json::object{{"pointer", error.pointer}, {"detail", error.detail}}};
  }
  return verifier::protocol::JsonText(problem);
}

std::string OpenAiErrorText(const ApiError& error) {
  const std::string param = ParamOf(error.pointer);
  json::object inner{
      {"message", error.pointer.empty() ? error.detail
                                        : error.pointer + ": " + error.detail},
      {"type", error.status >= 500 ? "server_error" : "invalid_request_error"},
      {"param", param.empty() ? json::value(nullptr) : json::value(param)},
      {"code", error.status == 404 ? json::value("model_not_found")
                                   : json::value(nullptr)}};
  return verifier::protocol::JsonText(
      json::object{{"error", std::move(inner)}});
}

}  // namespace trainer::serve
