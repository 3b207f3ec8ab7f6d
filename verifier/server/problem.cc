#include "verifier/server/problem.h"

#include <array>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <random>

#include "verifier/protocol/json_text.h"

namespace verifier::server {
namespace {

namespace json = boost::json;

using protocol::Field;
using protocol::FieldType;

constexpr std::array kErrorFields = {
    Field{.name = "pointer",
          .required = true,
          .help = "JSON pointer into the body, as a URI fragment."},
    Field{.name = "detail",
          .required = true,
          .help = "What is wrong and what is allowed."}};
constexpr protocol::ObjectType kError{.name = "ProblemError",
                                      .fields = kErrorFields};
constexpr Field kOneError{.type = FieldType::kObject, .object = &kError};
constexpr std::array kFields = {
    Field{.name = "type",
          .required = true,
          .help = "/problems/SLUG: GET it for an explanation."},
    Field{.name = "title", .required = true},
    Field{.name = "status",
          .type = FieldType::kWhole,
          .required = true,
          .least = 400,
          .most = 599},
    Field{.name = "detail", .required = true},
    Field{.name = "instance", .help = "The path that was asked for."},
    Field{.name = "errors",
          .type = FieldType::kArray,
          .help = "Where the body is at fault.",
          .entries = &kOneError}};
constexpr protocol::ObjectType kProblem{
    .name = "Problem", .help = "RFC 9457.", .fields = kFields};

// `pointer` as a URI fragment: what RFC 3986 does not allow there is encoded.
std::string Fragment(std::string_view pointer) {
  static constexpr std::string_view kAllowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
      "-._~!$&'()*+,;=:@/?";
  static constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string text = "#";
  for (const char c : pointer) {
    if (kAllowed.find(c) != std::string_view::npos) {
      text += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    text += {'%', kHex[byte >> 4U], kHex[byte & 15U]};
  }
  return text;
}

}  // namespace

Problem::Problem(const protocol::RequestError& error)
    : Problem(error.status, error.detail) {
  if (status == 400) type = FindProblemType("invalid-request");
  pointer = error.pointer;
  has_pointer = true;
}

const protocol::ObjectType& ProblemObject() { return kProblem; }

std::string ProblemText(const Problem& problem) {
  json::object object;
  object["type"] = std::string(kProblemPath) + std::string(problem.type->slug);
  object["title"] = problem.type->title;
  object["status"] = problem.status;
  object["detail"] = problem.detail;
  if (!problem.instance.empty()) object["instance"] = problem.instance;
  if (problem.has_pointer) {
    json::object error;
    error["pointer"] = Fragment(problem.pointer);
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

Problem Overloaded(std::string_view slug, std::string detail) {
  thread_local std::minstd_rand random(std::random_device{}());
  Problem problem(503, std::move(detail));
  problem.type = FindProblemType(slug);
  problem.retry_after_s = std::uniform_int_distribution<int>(1, 3)(random);
  return problem;
}

}  // namespace verifier::server
