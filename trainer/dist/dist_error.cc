#include "trainer/dist/dist_error.h"

namespace trainer {

void throw_exception_from_error(const DistError& error,
                                const boost::source_location&) {
  throw std::logic_error(error.detail);
}

}  // namespace trainer
