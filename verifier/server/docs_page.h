// DocsPage: what GET /docs answers: /openapi.json as a page for people. One
// file without scripts; nothing in it is fetched. Thread-safe: no state.

#ifndef VERIFIER_SERVER_DOCS_PAGE_H_
#define VERIFIER_SERVER_DOCS_PAGE_H_

#include <boost/json/object.hpp>
#include <string>

namespace verifier::server {

// `document` is what OpenApi made. All its texts are escaped. Some
// milliseconds.
[[nodiscard]] std::string DocsPage(const boost::json::object& document);

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_DOCS_PAGE_H_
