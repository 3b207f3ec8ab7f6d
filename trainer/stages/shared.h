// What rank 0 has, on every rank. Blocks until all ranks have called it; throws
// CommError.

#ifndef TRAINER_STAGES_SHARED_H_
#define TRAINER_STAGES_SHARED_H_

#include <string>

#include "trainer/dist/comm.h"
#include "trainer/stages/tensor_blob.h"

namespace trainer {

// Rank 0's bits. The tensors have the same shapes and types everywhere.
void ShareTensors(const NamedTensors& tensors, Comm& comm);

// Rank 0's text; that of the others does not matter.
[[nodiscard]] std::string ShareText(const std::string& text, Comm& comm);

// What each rank gives, by rank; any length.
[[nodiscard]] std::vector<std::string> GatherTexts(const std::string& text,
                                                   Comm& comm);

}  // namespace trainer

#endif  // TRAINER_STAGES_SHARED_H_
