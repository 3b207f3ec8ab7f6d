// DistError and CommError: why ranks cannot work together. Plain values; any
// thread.

#ifndef TRAINER_DIST_DIST_ERROR_H_
#define TRAINER_DIST_DIST_ERROR_H_

#include <boost/assert/source_location.hpp>
#include <boost/system/result.hpp>
#include <stdexcept>
#include <string>

namespace trainer {

// Why a group of ranks does not come up. One sentence for people that names the
// variable, address or rank at fault.
struct DistError {
  std::string detail;
};

// What result::value() does with an error: a defect of the caller, who must ask
// first. Throws std::logic_error.
[[noreturn]] void throw_exception_from_error(const DistError& error,
                                             const boost::source_location&);

template <typename T>
using DistResult = boost::system::result<T, DistError>;

// A collective failed: a peer died, hung, or did something else. The text names
// rank, collective, step and the seconds that passed. The group is unusable
// from here on: save nothing that needs it, say the text and exit non-zero.
class CommError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace trainer

#endif  // TRAINER_DIST_DIST_ERROR_H_
