// HttpDate: the time of now as a Date field has it (RFC 9110). Thread-safe.

#ifndef VERIFIER_SERVER_HTTP_DATE_H_
#define VERIFIER_SERVER_HTTP_DATE_H_

#include <string_view>

namespace verifier::server {

// "Mon, 23 Nov 2026 00:38:59 GMT". Valid until the same thread calls it again.
[[nodiscard]] std::string_view HttpDate();

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_HTTP_DATE_H_
