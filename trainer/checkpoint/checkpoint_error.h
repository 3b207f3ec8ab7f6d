// CheckpointError: where a checkpoint, a run's folder or a log could not be
// read or written, and why. A plain value; any thread.

#ifndef TRAINER_CHECKPOINT_CHECKPOINT_ERROR_H_
#define TRAINER_CHECKPOINT_CHECKPOINT_ERROR_H_

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <string>
#include <utility>

namespace trainer {

struct CheckpointError {
  CheckpointError() = default;
  CheckpointError(std::string path_in, std::string what_in)
      : path(std::move(path_in)), what(std::move(what_in)) {}

  std::string path;  // the file or folder, "FILE:LINE" for a line of a log
  std::string what;  // what is wrong and what is wanted

  // "PATH: WHAT".
  [[nodiscard]] std::string ToString() const { return path + ": " + what; }
};

// What result<T, CheckpointError>::value() does with an error: a defect of the
// caller, who must ask first. Throws std::logic_error.
[[noreturn]] void throw_exception_from_error(const CheckpointError& error,
                                             const boost::source_location&);

template <typename T>
using CheckpointResult = boost::system::result<T, CheckpointError>;

}  // namespace trainer

#endif  // TRAINER_CHECKPOINT_CHECKPOINT_ERROR_H_
