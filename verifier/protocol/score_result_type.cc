// The description of what score_result.cc writes.

#include <array>

#include "verifier/protocol/score_result.h"

namespace verifier::protocol {
namespace {

constexpr std::array<std::string_view, 4> kStatuses = {"ok", "not_judged",
                                                       "invalid", "cancelled"};
constexpr std::array<std::string_view, 7> kOutcomes = {
    "correct", "partial",   "wrong",     "unreadable",
    "timeout", "violation", "not_judged"};

constexpr std::array<std::string_view, 3> kGates = {"open", "closed",
                                                    "unknown"};

constexpr std::array kCheckFields = {
    Field{.name = "checker", .required = true},
    Field{.name = "outcome", .required = true, .choices = kOutcomes},
    Field{.name = "score",
          .type = FieldType::kNumber,
          .required = true,
          .nullable = true,
          .help = "null: not judged, our failure or the gold's.",
          .least = 0,
          .most = 1},
    Field{.name = "weight",
          .type = FieldType::kNumber,
          .required = true,
          .help = "What counts: less than the profile's where the gate is "
                  "closed."},
    Field{.name = "gate",
          .help = "Whether other checks of the profile let this one count.",
          .choices = kGates},
    Field{.name = "evidence", .help = "How the outcome is known."},
    Field{.name = "detail",
          .type = FieldType::kObject,
          .required = true,
          .help = "For people: the reason, and what the checker saw."},
    Field{.name = "elapsed_us",
          .type = FieldType::kWhole,
          .required = true,
          .least = 0},
};
constexpr ObjectType kCheck{.name = "CheckResult", .fields = kCheckFields};
constexpr Field kOneCheck{.type = FieldType::kObject, .object = &kCheck};

constexpr std::array kErrorFields = {
    Field{.name = "pointer",
          .required = true,
          .help = "JSON pointer from the item, e.g. /checks/0/gold."},
    Field{.name = "detail", .required = true}};
constexpr ObjectType kError{.name = "ItemError", .fields = kErrorFields};

constexpr std::array kResultFields = {
    Field{.name = "id", .required = true, .nullable = true},
    Field{.name = "status", .required = true, .choices = kStatuses},
    Field{.name = "reward",
          .type = FieldType::kNumber,
          .required = true,
          .nullable = true,
          .help = "Sum of weight x score; null unless status is ok."},
    Field{.name = "queue_us",
          .type = FieldType::kWhole,
          .required = true,
          .least = 0},
    Field{.name = "exec_us",
          .type = FieldType::kWhole,
          .required = true,
          .least = 0},
    Field{.name = "checks",
          .type = FieldType::kArray,
          .required = true,
          .entries = &kOneCheck},
    Field{.name = "error", .type = FieldType::kObject, .object = &kError}};
constexpr ObjectType kResult{.name = "ScoreResult",
                             .help = "error is there where status is invalid.",
                             .fields = kResultFields};
constexpr Field kOneResult{.type = FieldType::kObject, .object = &kResult};

constexpr std::array kResponseFields = {
    Field{.name = "results",
          .type = FieldType::kArray,
          .required = true,
          .help = "One an item, in their order.",
          .entries = &kOneResult}};
constexpr ObjectType kResponse{.name = "ScoreResponse",
                               .fields = kResponseFields};

constexpr std::array kEndFields = {
    Field{.name = "done", .type = FieldType::kBoolean, .required = true},
    Field{.name = "items",
          .type = FieldType::kWhole,
          .required = true,
          .least = 0}};
constexpr ObjectType kEnd{
    .name = "StreamEnd",
    .help = "The last line of a stream; one without it was cut.",
    .fields = kEndFields};

}  // namespace

const ObjectType& ScoreResponseType() { return kResponse; }
const ObjectType& ScoreResultType() { return kResult; }
const ObjectType& StreamEndType() { return kEnd; }

}  // namespace verifier::protocol
