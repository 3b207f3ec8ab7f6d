// Document: one example for fine-tuning, as a line of data/STAGE.jsonl. A
// person may edit that file before it is learnt from: `keep` false leaves a
// line out. Plain values; any thread.

#ifndef TRAINER_STAGES_DOCUMENT_H_
#define TRAINER_STAGES_DOCUMENT_H_

#include <string>
#include <string_view>
#include <vector>

#include "trainer/checkpoint/checkpoint_error.h"

namespace trainer {

struct Document {
  bool keep = true;
  std::string id{};        // of the completion or the task
  std::string source{};    // "sample", "trace" or "general"
  std::string kind{};      // of the task, e.g. "add2"
  std::string language{};  // "en" or "zh"
  std::string question{};  // without a template
  std::string response{};  // what is learnt
};

// One line a document, each ending in a line end.
[[nodiscard]] std::string ToJsonLines(const std::vector<Document>& documents);

// Reads them; blank lines are skipped, unknown members ignored. `path` is for
// the error, which names the line: "PATH:3: response is no string".
[[nodiscard]] CheckpointResult<std::vector<Document>> ParseDocuments(
    std::string_view text, const std::string& path);

}  // namespace trainer

#endif  // TRAINER_STAGES_DOCUMENT_H_
