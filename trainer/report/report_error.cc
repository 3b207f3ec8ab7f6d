#include "trainer/report/report_error.h"

#include <stdexcept>

namespace trainer {

void throw_exception_from_error(const ReportError& error,
                                const boost::source_location&) {
  throw std::logic_error(error.text);
}

}  // namespace trainer
