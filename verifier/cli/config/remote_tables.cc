#include "verifier/cli/config/remote_tables.h"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>
#include <chrono>

#include "verifier/cli/terminal.h"

namespace verifier::cli::config {
namespace {

constexpr const char* kText = "a string";
constexpr const char* kTimeAllowed =
    "milliseconds from 1 to 86400000, as 4000 or \"4s\"";

constexpr PluginKey kUrl = {
    "url", "http://HOST[:PORT]/PATH, the host loopback or in allowed_hosts",
    R"("http://127.0.0.1:8801/v1/reward/helpful")",
    "where it is; no redirect is followed", true};
constexpr PluginKey kAllowedHosts = {
    "allowed_hosts", "an array of up to 16 host names or addresses", "[]",
    "hosts that the URL may name beside loopback; a loopback URL is only ever "
    "connected to a loopback address"};
constexpr PluginKey kPoolKey = {
    "pool", "a whole number from 1 to 64 (connections)", "4",
    "connections kept, each with one item at a time"};
constexpr PluginKey kConnect = {"connect_timeout_ms", kTimeAllowed, "\"1s\"",
                                "to connect"};
constexpr PluginKey kDeadline = {
    "deadline_ms", kTimeAllowed, "\"10s\"",
    "for one answer, within the item's own deadline"};
constexpr PluginKey kResponseBytes = {
    "max_response_bytes", "bytes from 1 to 67108864, as 65536 or \"64K\"",
    "\"1M\"", "longest answer"};

constexpr std::array<PluginKey, 8> kHttpKeys = {
    {kUrl,
     {"part", "one of all, answer", "\"all\"",
      "what of the response is sent: all of it, or the answer part"},
     kPoolKey,
     kConnect,
     kDeadline,
     kResponseBytes,
     kAllowedHosts,
     {"schema_file", "the path of a file, or \"\"", "\"\"",
      "the JSON Schema of the checks' parameters; without one any are taken"}}};
constexpr std::array<PluginKey, 10> kJudgeKeys = {
    {{"url", kUrl.allowed, R"("http://127.0.0.1:8000/v1/chat/completions")",
      "the chat completions of an OpenAI-compatible server", true},
     {"model", kText, R"("judge-7b")", "the model's name there", true},
     {"mode", "one of gold, pairwise", "\"gold\"",
      "gold: does the answer say what the check's gold says; pairwise: is it "
      "better than the check's reference, asked in both orders"},
     {"api_key_file", "the path of a file, or \"\"", "\"\"",
      "holds the API key; it is sent, and shown nowhere"},
     {"max_tokens", "a whole number from 1 to 1000000 (tokens)", "2048",
      "most tokens of an answer"},
     kPoolKey,
     kConnect,
     kDeadline,
     kResponseBytes,
     kAllowedHosts}};

// What a number of a server may be.
constexpr Key NumberKey(Kind kind, const char* unit, std::uint64_t most) {
  return {"", "", "", kind, unit, nullptr, 1, most, true, ""};
}
constexpr Key kTime = NumberKey(Kind::kMilliseconds, "", 86'400'000);
constexpr Key kPool =
    NumberKey(Kind::kCount, "connections", rewards::http::kMostConnections);
constexpr Key kTokens = NumberKey(Kind::kCount, "tokens", 1'000'000);
constexpr Key kBytes = NumberKey(Kind::kBytes, "", std::uint64_t{64} << 20);

// `number` where `given` is one that `key` takes.
template <typename Number>
std::string PutNumber(const Key& key, const Given& given, Number& number) {
  std::uint64_t read = 0;
  std::string wrong = ReadNumber(key, given, read);
  if (wrong.empty()) number = Number(static_cast<std::int64_t>(read));
  return wrong;
}

std::string PutText(const Given& given, std::string& text) {
  if (given.type != Given::Type::kString) {
    return "expected a string, got " + Shown(given);
  }
  if (given.text.find('\0') != std::string::npos) return "has a NUL";
  text = given.text;
  return {};
}

std::string PutWord(const Given& given,
                    const std::vector<std::string_view>& words,
                    std::string& word) {
  const bool good =
      given.type == Given::Type::kString &&
      std::find(words.begin(), words.end(), given.text) != words.end();
  if (good) {
    word = given.text;
    return {};
  }
  std::string allowed;
  for (const std::string_view one : words) {
    allowed += (allowed.empty() ? "" : ", ") + std::string(one);
  }
  return "expected one of " + allowed + ", got " + Shown(given);
}

std::string PutHosts(const Given& given, std::vector<std::string>& hosts) {
  const std::string expected =
      "expected " + std::string(kAllowedHosts.allowed) + ", got ";
  if (given.type != Given::Type::kArray) return expected + Shown(given);
  if (given.elements.size() > rewards::http::kMostHosts) {
    return expected + std::to_string(given.elements.size());
  }
  std::vector<std::string> read;
  for (const Given& host : given.elements) {
    if (host.type != Given::Type::kString || host.text.empty()) {
      return expected + Shown(host) + " in it";
    }
    read.push_back(host.text);
  }
  hosts = std::move(read);
  return {};
}

std::string PutKey(std::string_view key, const Given& given,
                   RemoteOptions& remote) {
  if (key == "url") return PutText(given, remote.url);
  if (key == "model") return PutText(given, remote.model);
  if (key == "schema_file") return PutText(given, remote.schema_file);
  if (key == "api_key_file") return PutText(given, remote.api_key_file);
  if (key == "allowed_hosts") return PutHosts(given, remote.allowed_hosts);
  if (key == "part") return PutWord(given, {"all", "answer"}, remote.part);
  if (key == "mode") return PutWord(given, {"gold", "pairwise"}, remote.mode);
  if (key == "pool") return PutNumber(kPool, given, remote.pool);
  if (key == "max_tokens") return PutNumber(kTokens, given, remote.max_tokens);
  if (key == "connect_timeout_ms") {
    return PutNumber(kTime, given, remote.connect_timeout);
  }
  if (key == "deadline_ms") return PutNumber(kTime, given, remote.deadline);
  return PutNumber(kBytes, given, remote.max_response_bytes);
}

}  // namespace

std::string_view SectionOf(RemoteKind kind) noexcept {
  return kind == RemoteKind::kJudge ? "judges" : "http";
}

std::span<const PluginKey> RemoteKeys(RemoteKind kind) noexcept {
  if (kind == RemoteKind::kJudge) return kJudgeKeys;
  return kHttpKeys;
}

boost::json::value RemoteJson(std::string_view key,
                              const RemoteOptions& remote) {
  if (key == "url") return boost::json::value(remote.url);
  if (key == "model") return boost::json::value(remote.model);
  if (key == "schema_file") return boost::json::value(remote.schema_file);
  if (key == "api_key_file") return boost::json::value(remote.api_key_file);
  if (key == "part") return boost::json::value(remote.part);
  if (key == "mode") return boost::json::value(remote.mode);
  if (key == "pool") return remote.pool;
  if (key == "max_tokens") return remote.max_tokens;
  if (key == "connect_timeout_ms") return remote.connect_timeout.count();
  if (key == "deadline_ms") return remote.deadline.count();
  if (key == "max_response_bytes") return remote.max_response_bytes;
  return boost::json::array(remote.allowed_hosts.begin(),
                            remote.allowed_hosts.end());
}

bool SameRemotes(const std::vector<RemoteOptions>& a,
                 const std::vector<RemoteOptions>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const RemoteOptions& one, const RemoteOptions& other) {
                      const auto keys = RemoteKeys(one.kind);
                      return one.kind == other.kind && one.name == other.name &&
                             std::all_of(keys.begin(), keys.end(),
                                         [&](const auto& key) {
                                           return RemoteJson(key.name, one) ==
                                                  RemoteJson(key.name, other);
                                         });
                    });
}

void RemoteTables::Read(const Node& section, ErrorList& errors) {
  if (!section.is_table) {
    return errors.Add(section.value, section_ + ": expected tables [" +
                                         section_ + ".NAME], got " +
                                         Shown(section.given));
  }
  for (const Node& table : section.members) ReadOne(table, errors);
}

void RemoteTables::ReadOne(const Node& table, ErrorList& errors) {
  const std::string shown = section_ + "." + Printable(table.name, 80);
  if (!table.is_table) {
    return errors.Add(table.value, shown + ": expected a table [" + section_ +
                                       ".NAME], got " + Shown(table.given));
  }
  const std::string problem = CheckerNameProblem(table.name, taken_);
  if (!problem.empty()) return errors.Add(table.key, shown + ": " + problem);
  RemoteOptions& remote = remotes_[table.name];
  remote.kind = kind_;
  remote.name = table.name;
  first_.emplace(table.name, errors.TextOf(table.key));
  for (const Node& node : table.members) ReadKey(node, remote, errors);
}

void RemoteTables::ReadKey(const Node& node, RemoteOptions& remote,
                           ErrorList& errors) {
  const std::string start = section_ + "." + remote.name + ".";
  std::vector<std::string_view> names;
  for (const PluginKey& key : RemoteKeys(kind_)) names.push_back(key.name);
  if (std::find(names.begin(), names.end(), node.name) == names.end()) {
    return errors.Add(
        node.key, UnknownKey(section_ + "." + remote.name, node.name, names));
  }
  Given given = node.given;
  if (node.is_table) given.text = "a table";
  // Named at once, so that a wrong URL is not called a missing one, too.
  origins_[start + node.name] = errors.TextOf(node.value);
  const std::string wrong = PutKey(node.name, given, remote);
  if (!wrong.empty()) errors.Add(node.value, start + node.name + ": " + wrong);
}

// What is missing, or does not fit together.
void RemoteTables::Check(const RemoteOptions& remote, ErrorList& errors) {
  const std::string path = section_ + "." + remote.name;
  bool whole = true;
  for (const PluginKey& key : RemoteKeys(kind_)) {
    if (!key.required) continue;
    if (origins_.contains(path + "." + std::string(key.name))) continue;
    errors.Add(first_[remote.name], path + " has no " + std::string(key.name));
    whole = false;
  }
  if (!whole || !errors.empty()) return;
  const std::string problem = engine::RemoteProblem(remote);
  if (problem.empty()) return;
  const auto origin =
      origins_.find(path + "." + problem.substr(0, problem.find(':')));
  errors.Add(origin == origins_.end() ? first_[remote.name] : origin->second,
             path + "." + problem);
}

std::vector<RemoteOptions> RemoteTables::Finish(
    const std::vector<std::string>& others, ErrorList& errors) {
  std::vector<RemoteOptions> list;
  for (auto& [name, remote] : remotes_) {
    if (std::find(others.begin(), others.end(), name) != others.end()) {
      errors.Add(first_[name], section_ + "." + name +
                                   ": another checker has this name, too");
    }
    Check(remote, errors);
    list.push_back(std::move(remote));
  }
  if (list.size() > kMostRemotes) {
    errors.Add(section_, std::to_string(list.size()) + " servers; at most " +
                             std::to_string(kMostRemotes));
  }
  return list;
}

}  // namespace verifier::cli::config
