#include "trainer/checkpoint/checkpoint_error.h"

#include <stdexcept>

namespace trainer {

void throw_exception_from_error(const CheckpointError& error,
                                const boost::source_location&) {
  throw std::logic_error(error.ToString());
}

}  // namespace trainer
