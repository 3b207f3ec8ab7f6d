// ReportError: why a line or a file of a run cannot be used.

#ifndef TRAINER_REPORT_REPORT_ERROR_H_
#define TRAINER_REPORT_REPORT_ERROR_H_

#include <boost/assert/source_location.hpp>
#include <string>

namespace trainer {

struct ReportError {
  std::string text;  // one sentence that names the place, without a final stop
};

// What result<T, ReportError>::value() does with an error: a defect of the
// caller. Throws std::logic_error.
[[noreturn]] void throw_exception_from_error(const ReportError& error,
                                             const boost::source_location&);

}  // namespace trainer

#endif  // TRAINER_REPORT_REPORT_ERROR_H_
