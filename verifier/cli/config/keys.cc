#include "verifier/cli/config/keys.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <type_traits>

namespace verifier::cli::config {
namespace {

constexpr std::uint64_t kMany = std::uint64_t{1} << 40;
constexpr std::uint64_t kDay = 86'400'000;

constexpr std::array<std::string_view, 5> kLevels = {"any", "L0", "L1", "L2",
                                                     "L3"};
constexpr std::array<std::string_view, 2> kOnOff = {"on", "off"};
constexpr std::array<std::string_view, 3> kFormats = {"auto", "text", "json"};
constexpr std::array<std::string_view, 5> kLogLevels = {
    "trace", "debug", "info", "warn", "error"};

constexpr std::array<Section, 6> kSections = {{
    {"server", "The door"},
    {"engine", "Threads that judge"},
    {"jail", "Programs"},
    {"limit", "Limits: a request over one is refused with its name"},
    {"timeout", "Times"},
    {"log", "Logs, on standard error"},
}};

// A row's accessor.
#define ASSAY_SLOT(member) [](Settings& s) -> Slot { return &s.member; }

constexpr bool kReloads = true;
constexpr bool kRestarts = false;

constexpr std::array kKeys = {
    Key{"server", "listen", "--listen", Kind::kAddress, "", ASSAY_SLOT(listen),
        0, 0, kRestarts, "loopback address and port; port 0 picks a free one"},
    Key{"server", "io_threads", "--io-threads", Kind::kCount, "threads",
        ASSAY_SLOT(server.io_threads), 1, 256, kRestarts,
        "threads that move bytes"},
    Key{"server", "json_threads", "--json-threads", Kind::kCount, "threads",
        ASSAY_SLOT(server.json_threads), 1, 256, kRestarts,
        "threads that read and write the JSON of large requests"},
    Key{"server", "large_body_bytes", "--large-body-bytes", Kind::kBytes, "",
        ASSAY_SLOT(server.large_body_bytes), 0, kMany, kReloads,
        "a body over it is read on a JSON thread"},

    Key{"engine", "workers", "--workers", Kind::kCount, "threads",
        ASSAY_SLOT(server.engine.workers), 0, 4'096, kRestarts,
        "threads for checks that compute; 0: one a core"},
    Key{"engine", "slots", "--slots", Kind::kCount, "programs",
        ASSAY_SLOT(server.engine.slots), 0, 4'096, kRestarts,
        "programs that run at once; 0: one a core"},

    Key{"jail", "require", "--require", Kind::kWord, "",
        ASSAY_SLOT(require_level), 0, 0, kRestarts,
        "refuse to start below this level; L0, without namespaces, is had only "
        "by name",
        kLevels},
    Key{"jail", "compile_cache_bytes", "--compile-cache-bytes", Kind::kBytes,
        "", ASSAY_SLOT(compile_cache_bytes), 0, kMany, kRestarts,
        "compiled programs that are kept, so that equal sources are compiled "
        "once; 0: none"},
    Key{"jail", "precompiled_headers", "--precompiled-headers", Kind::kWord, "",
        ASSAY_SLOT(precompiled_headers), 0, 0, kRestarts,
        "bits/stdc++.h is compiled once, some 120 MiB in the folder for "
        "temporary files for each version of C++ that is asked for",
        kOnOff},

    Key{"limit", "body_bytes", "--limit-body-bytes", Kind::kBytes, "",
        ASSAY_SLOT(server.limits.body_bytes), 1, kMany, kReloads,
        "body of a request (413)"},
    Key{"limit", "items", "--limit-items", Kind::kCount, "items",
        ASSAY_SLOT(server.limits.items), 1, kMany, kReloads,
        "items of a request (413)"},
    Key{"limit", "json_depth", "--limit-json-depth", Kind::kCount, "levels",
        ASSAY_SLOT(server.limits.json_depth), 4, 256, kReloads,
        "levels of nesting (400)"},
    Key{"limit", "json_members", "--limit-json-members", Kind::kCount, "keys",
        ASSAY_SLOT(server.limits.json_members), 8, kMany, kReloads,
        "keys of one object (400)"},
    Key{"limit", "json_values", "--limit-json-values", Kind::kCount, "values",
        ASSAY_SLOT(server.limits.json_values), 16, kMany, kReloads,
        "values of any kind in one body (400)"},
    Key{"limit", "header_bytes", "--limit-header-bytes", Kind::kBytes, "",
        ASSAY_SLOT(server.header_bytes), 256, 1 << 20, kReloads,
        "request line and header fields (431)"},
    Key{"limit", "header_fields", "--limit-header-fields", Kind::kCount,
        "fields", ASSAY_SLOT(server.header_fields), 4, 10'000, kReloads,
        "header fields (431)"},
    Key{"limit", "uri_bytes", "--limit-uri-bytes", Kind::kBytes, "",
        ASSAY_SLOT(server.uri_bytes), 16, 1 << 20, kReloads,
        "request target (414)"},
    Key{"limit", "id_bytes", "--limit-id-bytes", Kind::kBytes, "",
        ASSAY_SLOT(server.limits.id_bytes), 1, kMany, kReloads,
        "id of an item"},
    Key{"limit", "prompt_bytes", "--limit-prompt-bytes", Kind::kBytes, "",
        ASSAY_SLOT(server.limits.prompt_bytes), 0, kMany, kReloads,
        "prompt of an item"},
    Key{"limit", "response_bytes", "--limit-response-bytes", Kind::kBytes, "",
        ASSAY_SLOT(server.limits.response_bytes), 1, kMany, kReloads,
        "response of an item; a longer one earns 0 (unreadable)"},
    Key{"limit", "gold_bytes", "--limit-gold-bytes", Kind::kBytes, "",
        ASSAY_SLOT(server.limits.gold_bytes), 1, kMany, kReloads,
        "golds of one check"},
    Key{"limit", "checks", "--limit-checks", Kind::kCount, "checks",
        ASSAY_SLOT(server.limits.checks), 1, 10'000, kReloads,
        "checks of an item"},
    Key{"limit", "deadline_ms", "--limit-deadline-ms", Kind::kMilliseconds, "",
        ASSAY_SLOT(server.limits.deadline_ms), 1, kMany, kReloads,
        "largest deadline_ms that an item may ask for"},
    Key{"limit", "program_bytes", "--limit-program-bytes", Kind::kBytes, "",
        ASSAY_SLOT(server.limits.program_bytes), 1, kMany, kReloads,
        "code of a program, or all its files (413)"},
    Key{"limit", "program_files", "--limit-program-files", Kind::kCount,
        "files", ASSAY_SLOT(server.limits.program_files), 1, 4'000, kReloads,
        "files of a program (413)"},
    Key{"limit", "stdin_bytes", "--limit-stdin-bytes", Kind::kBytes, "",
        ASSAY_SLOT(server.limits.stdin_bytes), 0, kMany, kReloads,
        "standard input of a program (413)"},
    Key{"limit", "args", "--limit-args", Kind::kCount, "arguments",
        ASSAY_SLOT(server.limits.args), 0, 10'000, kReloads,
        "arguments of a program (413)"},
    Key{"limit", "arg_bytes", "--limit-arg-bytes", Kind::kBytes, "",
        ASSAY_SLOT(server.limits.arg_bytes), 0, 1 << 20, kReloads,
        "arguments of a program together (413)"},
    Key{"limit", "want_files", "--limit-want-files", Kind::kCount, "files",
        ASSAY_SLOT(server.limits.want_files), 0, 64, kReloads,
        "files that come back of a program (413)"},
    Key{"limit", "returned_bytes", "--limit-returned-bytes", Kind::kBytes, "",
        ASSAY_SLOT(server.limits.returned_bytes), 1, 256 << 20, kReloads,
        "what comes back of a program: all files, and each output stream"},
    Key{"limit", "queue_items", "--limit-queue-items", Kind::kCount, "items",
        ASSAY_SLOT(server.engine.queue_items), 1, kMany, kReloads,
        "items that wait or run (503)"},
    Key{"limit", "held_bytes", "--limit-held-bytes", Kind::kBytes, "",
        ASSAY_SLOT(server.held_bytes), 1, kMany, kReloads,
        "request bodies held at once (503)"},
    Key{"limit", "stream_items", "--limit-stream-items", Kind::kCount, "items",
        ASSAY_SLOT(server.stream_items), 1, kMany, kReloads,
        "results of one stream that wait for its reader; at it no further item "
        "of it starts"},
    Key{"limit", "connections", "--limit-connections", Kind::kCount,
        "connections", ASSAY_SLOT(server.connections), 1, 1'000'000, kRestarts,
        "open connections; over it the oldest unfinished one is closed. Never "
        "more than the limit on open files leaves room for"},

    Key{"timeout", "header_ms", "--header-timeout-ms", Kind::kMilliseconds, "",
        ASSAY_SLOT(server.header_timeout), 1, kDay, kReloads,
        "from the first byte of a head to its last (408)"},
    Key{"timeout", "idle_ms", "--idle-timeout-ms", Kind::kMilliseconds, "",
        ASSAY_SLOT(server.idle_timeout), 1, kDay, kReloads,
        "between two requests"},
    Key{"timeout", "transfer_ms", "--transfer-timeout-ms", Kind::kMilliseconds,
        "", ASSAY_SLOT(server.transfer_timeout), 1, kDay, kReloads,
        "a body, or an answer, may take this and what min_rate_bytes adds"},
    Key{"timeout", "min_rate_bytes", "--min-rate", Kind::kBytes, "",
        ASSAY_SLOT(server.min_rate), 1, kMany, kReloads,
        "bytes moved that buy one second more"},
    Key{"timeout", "linger_ms", "--linger-timeout-ms", Kind::kMilliseconds, "",
        ASSAY_SLOT(server.linger_timeout), 0, kDay, kReloads,
        "how long unread bytes are drained after a last answer"},
    Key{"timeout", "leave_grace_ms", "--leave-grace-ms", Kind::kMilliseconds,
        "", ASSAY_SLOT(server.leave_grace), 0, kDay, kReloads,
        "scoring goes on after the peer closed its sending side"},
    Key{"timeout", "drain_delay_ms", "--drain-delay-ms", Kind::kMilliseconds,
        "", ASSAY_SLOT(server.drain_delay), 0, kDay, kReloads,
        "from SIGTERM (/readyz says 503) to closing the door"},
    Key{"timeout", "drain_ms", "--drain-timeout-ms", Kind::kMilliseconds, "",
        ASSAY_SLOT(server.drain_timeout), 0, kDay, kReloads,
        "then, for requests in flight"},

    Key{"log", "format", "--log-format", Kind::kWord, "",
        ASSAY_SLOT(log_format), 0, 0, kReloads,
        "auto: text on a terminal, else one JSON object a line", kFormats},
    Key{"log", "level", "--log-level", Kind::kWord, "", ASSAY_SLOT(log_level),
        0, 0, kReloads, "the least that is logged", kLogLevels},
};
#undef ASSAY_SLOT

// `number` with the largest unit that divides it, or an empty string.
std::string Short(std::uint64_t number,
                  std::initializer_list<std::pair<std::uint64_t, char>> units) {
  for (const auto& [size, name] : units) {
    if (number != 0 && number % size == 0) {
      return '"' + std::to_string(number / size) + name + '"';
    }
  }
  return {};
}

}  // namespace

std::span<const Key> Keys() noexcept { return kKeys; }
std::span<const Section> Sections() noexcept { return kSections; }

std::string PathOf(const Key& key) {
  return std::string(key.section) + '.' + std::string(key.name);
}

std::string VariableOf(const Key& key) {
  std::string name =
      "ASSAY_" + std::string(key.section) + '_' + std::string(key.name);
  std::transform(name.begin(), name.end(), name.begin(), [](char c) {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  });
  return name;
}

const Key* FindKey(std::string_view section, std::string_view name) noexcept {
  const auto found =
      std::find_if(kKeys.begin(), kKeys.end(), [&](const Key& key) {
        return key.section == section && key.name == name;
      });
  return found == kKeys.end() ? nullptr : &*found;
}

std::uint64_t NumberOf(const Key& key, const Settings& settings) {
  // The accessors are for writing, too; nothing is written here.
  return std::visit(
      [](const auto* value) -> std::uint64_t {
        using T = std::remove_cvref_t<decltype(*value)>;
        if constexpr (std::is_same_v<T, std::string>) {
          return 0;
        } else if constexpr (std::is_same_v<T, std::chrono::milliseconds>) {
          return static_cast<std::uint64_t>(value->count());
        } else {
          return static_cast<std::uint64_t>(*value);
        }
      },
      key.slot(const_cast<Settings&>(settings)));
}

std::string TextOf(const Key& key, const Settings& settings) {
  const Slot slot = key.slot(const_cast<Settings&>(settings));
  if (const auto* text = std::get_if<std::string*>(&slot)) return **text;
  return std::to_string(NumberOf(key, settings));
}

std::string TomlOf(const Key& key, const Settings& settings) {
  if (key.kind == Kind::kWord || key.kind == Kind::kAddress) {
    return '"' + TextOf(key, settings) + '"';
  }
  const std::uint64_t number = NumberOf(key, settings);
  std::string text;
  if (key.kind == Kind::kBytes) {
    text = Short(number, {{1U << 30, 'G'}, {1U << 20, 'M'}, {1U << 10, 'K'}});
  }
  if (key.kind == Kind::kMilliseconds) {
    text = Short(number, {{3'600'000, 'h'}, {60'000, 'm'}, {1'000, 's'}});
  }
  return text.empty() ? std::to_string(number) : text;
}

std::string AllowedText(const Key& key) {
  if (key.kind == Kind::kAddress) return "ADDR:PORT with a loopback address";
  if (key.kind == Kind::kWord) {
    std::string text;
    for (const std::string_view word : key.words) {
      text += (text.empty() ? "\"" : ", \"") + std::string(word) + '"';
    }
    return "one of " + text;
  }
  const std::string range =
      " from " + std::to_string(key.least) + " to " + std::to_string(key.most);
  if (key.kind == Kind::kBytes) {
    return "bytes" + range + ", as 65536 or \"64K\"";
  }
  if (key.kind == Kind::kMilliseconds) {
    return "milliseconds" + range + ", as 4000 or \"4s\"";
  }
  return "a whole number" + range + " (" + std::string(key.unit) + ")";
}

}  // namespace verifier::cli::config
