#include "verifier/client/batches.h"

#include <string_view>
#include <unordered_set>
#include <utility>

#include "verifier/protocol/json_text.h"

namespace verifier::client {

std::size_t WireBytes(const protocol::Item& item) {
  constexpr std::size_t kKeys = 80;  // names, quotes and commas
  std::size_t bytes = kKeys + item.prompt.size() + item.response.size() +
                      item.template_name.value_or("").size() +
                      item.profile.size() + (item.id ? item.id->size() : 0);
  for (const protocol::CheckSpec& spec : item.checks) {
    bytes +=
        kKeys + spec.checker.size() + protocol::JsonText(spec.params).size();
  }
  return bytes;
}

std::vector<Indices> SplitIntoBatches(const std::vector<protocol::Item>& items,
                                      const Indices& indices,
                                      const ClientOptions& options) {
  std::vector<Indices> batches;
  Indices batch;
  std::size_t bytes = 0;
  std::unordered_set<std::string_view> ids;
  const auto close = [&] {
    if (batch.empty()) return;
    batches.push_back(std::move(batch));
    batch.clear();
    bytes = 0;
    ids.clear();
  };
  for (const std::size_t index : indices) {
    const protocol::Item& item = items[index];
    const std::string_view id = item.id ? *item.id : std::string_view();
    const std::size_t size = WireBytes(item);
    if (batch.size() >= options.batch_items ||
        bytes + size > options.batch_bytes || ids.contains(id)) {
      close();
    }
    batch.push_back(index);
    bytes += size;
    ids.insert(id);
  }
  close();
  return batches;
}

std::string RequestBody(const std::vector<protocol::Item>& items,
                        const Indices& indices) {
  std::string body = "{\"items\":[";
  for (std::size_t i = 0; i < indices.size(); ++i) {
    if (i != 0) body += ',';
    protocol::AppendJson(protocol::ToJson(items[indices[i]]), body);
  }
  return body += "]}";
}

}  // namespace verifier::client
