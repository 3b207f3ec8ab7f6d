#include "rewards/math/syntax/read.h"

#include <stdexcept>

namespace rewards::math {

void throw_exception_from_error(const ReadError& error,
                                const boost::source_location&) {
  throw std::logic_error(error.what);
}

}  // namespace rewards::math
