#include "sandbox/language_keys.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

namespace sandbox {
namespace {

using std::chrono::seconds;

constexpr const char* kWords = "an array of at most 64 strings";
constexpr const char* kText = "a string";
constexpr std::size_t kMostWords = 64;
constexpr std::size_t kMostTextBytes = 65536;

constexpr std::array<LanguageKey, 26> kKeys = {{
    {"aliases", kWords, "[]", "other names that requests may call it by"},
    {"tags", kWords, "[]",
     "what stands behind a fence of Markdown, in lower case, when a block is "
     "of it"},
    {"opening", kText, "\"\"",
     "how the first line of code begins (RE2), for answers without a fence"},
    {"comment", kText, "\"\"", "what begins a comment"},
    {"main", "a file name", "\"main.py\"",
     "the name of a lone source, and of the file that runs among several",
     true},
    {"endings", kWords, "[\".py\"]", "the ends of the names of sources", true},
    {"compile", kWords, "[]",
     "argv of the compiler, which leaves a.out; {sources}, {main} and {stem} "
     "are put in; empty: nothing is compiled"},
    {"run", kWords, "[\"/usr/bin/python3\", \"{main}\"]",
     "argv of the program; {main}, {stem} and {memory_mb} are put in", true},
    {"precompiled", kText, "\"\"",
     "a header, as \"bits/stdc++.h\", that is compiled once for the programs "
     "that include it first; for g++ and gcc"},
    {"tools", kWords, "[]",
     "files that must be there, or the machine has not got the language; "
     "default: the first word of compile, or else of run"},
    {"folders", kWords, "[]",
     "folders outside /usr that the tools read, seen by every program, with * "
     "and ?"},
    {"packages", kText, "\"\"", "the packages of Debian that bring the tools"},
    {"trial", kText, "\"\"",
     "a small program that prints a version; required where it is compiled"},
    {"memory_mb", "0 to 65536", "0",
     "memory of a run time, on top of the limit of the request"},
    {"address_mb", "1 to 1048576", "4096",
     "address space on top of all memory"},
    {"threads", "1 to 1024", "64", "threads above the number of processes"},
    {"processes", "1 to 256", "1",
     "processes, where the request allows fewer; more than 1 allows fork"},
    {"compile_cpu_s", "1 to 600", "10", "processor time of one compile"},
    {"compile_wall_s", "1 to 1200", "60", "time on the clock of one compile"},
    {"compile_memory_mb", "16 to 65536", "1024",
     "memory of one process of a compiler"},
    {"compile_file_mb", "1 to 4096", "64",
     "a file of a compile, and all of them"},
    {"compile_artifact_mb", "1 to 256", "32", "the compiled program"},
    {"compile_output_kb", "1 to 262144", "64", "diagnostics of one compile"},
    {"compile_processes", "1 to 256", "8", "processes of one compile"},
    {"compile_threads", "1 to 1024", "64",
     "threads of one compile above the number of processes"},
    {"compile_address_mb", "1 to 1048576", "4096",
     "address space of a compiler on top of its memory"},
}};

std::string* TextOf(std::string_view key, Language* language) {
  if (key == "opening") return &language->opening;
  if (key == "comment") return &language->comment;
  if (key == "main") return &language->main;
  if (key == "packages") return &language->packages;
  if (key == "precompiled") return &language->precompiled;
  return key == "trial" ? &language->trial : nullptr;
}

std::vector<std::string>* WordsOf(std::string_view key, Language* language) {
  if (key == "tags") return &language->tags;
  if (key == "endings") return &language->endings;
  if (key == "compile") return &language->compile;
  if (key == "run") return &language->run;
  if (key == "tools") return &language->tools;
  return key == "folders" ? &language->folders : nullptr;
}

// A number: where it lives, and what one of it is there.
struct Number {
  std::int64_t* bytes = nullptr;
  int* count = nullptr;
  std::chrono::microseconds* time = nullptr;
  std::int64_t unit = 1;
  std::int64_t least = 1;
  std::int64_t most = 1;
};

Number NumberOf(std::string_view key, Language* language) {
  constexpr std::int64_t kMostMemory = 65536;
  constexpr std::int64_t kMostAddress = 1048576;
  RunLimits& limits = language->compile_limits;
  RuntimeNeeds& needs = language->needs;
  RuntimeNeeds& compiler = language->compile_needs;
  if (key == "memory_mb") {
    return {.bytes = &needs.memory_bytes,
            .unit = kMiB,
            .least = 0,
            .most = kMostMemory};
  }
  if (key == "address_mb") {
    return {.bytes = &needs.address_bytes, .unit = kMiB, .most = kMostAddress};
  }
  if (key == "threads") return {.count = &needs.threads, .most = 1024};
  if (key == "processes") return {.count = &needs.processes, .most = 256};
  if (key == "compile_cpu_s") return {.time = &limits.cpu, .most = 600};
  if (key == "compile_wall_s") return {.time = &limits.wall, .most = 1200};
  if (key == "compile_memory_mb") {
    return {.bytes = &limits.memory_bytes,
            .unit = kMiB,
            .least = 16,
            .most = kMostMemory};
  }
  if (key == "compile_file_mb") {
    return {.bytes = &limits.file_bytes, .unit = kMiB, .most = 4096};
  }
  if (key == "compile_artifact_mb") {
    return {.bytes = &limits.returned_bytes, .unit = kMiB, .most = 256};
  }
  if (key == "compile_output_kb") {
    return {.bytes = &limits.output_bytes, .unit = kKiB, .most = 262144};
  }
  if (key == "compile_processes") {
    return {.count = &limits.processes, .most = 256};
  }
  if (key == "compile_threads")
    return {.count = &compiler.threads, .most = 1024};
  return {.bytes = &compiler.address_bytes, .unit = kMiB, .most = kMostAddress};
}

bool PutNumber(const Number& number, std::int64_t value) {
  if (value < number.least || value > number.most) return false;
  if (number.bytes != nullptr) *number.bytes = value * number.unit;
  if (number.count != nullptr) *number.count = static_cast<int>(value);
  if (number.time != nullptr) *number.time = seconds(value);
  return true;
}

std::int64_t NumberIn(const Number& number) {
  if (number.bytes != nullptr) return *number.bytes / number.unit;
  if (number.count != nullptr) return *number.count;
  return std::chrono::duration_cast<seconds>(*number.time).count();
}

bool Fits(const std::string& text) {
  return text.size() <= kMostTextBytes && text.find('\0') == std::string::npos;
}

}  // namespace

std::span<const LanguageKey> LanguageKeys() noexcept { return kKeys; }

bool PutLanguageKey(std::string_view key, const LanguageValue& value,
                    Language* language) {
  if (std::string* text = TextOf(key, language)) {
    const auto* given = std::get_if<std::string>(&value);
    if (given == nullptr || !Fits(*given)) return false;
    *text = *given;
    return true;
  }
  std::vector<std::string>* words = WordsOf(key, language);
  if (words != nullptr || key == "aliases") {
    const auto* given = std::get_if<std::vector<std::string>>(&value);
    if (given == nullptr || given->size() > kMostWords ||
        !std::all_of(given->begin(), given->end(), Fits)) {
      return false;
    }
    if (words != nullptr) {
      *words = *given;
    } else {
      language->names.resize(1);
      language->names.insert(language->names.end(), given->begin(),
                             given->end());
    }
    return true;
  }
  const auto* number = std::get_if<std::int64_t>(&value);
  return number != nullptr && PutNumber(NumberOf(key, language), *number);
}

LanguageValue LanguageKeyOf(std::string_view key, const Language& language) {
  Language copy = language;
  if (key == "aliases") {
    return std::vector<std::string>(copy.names.begin() + 1, copy.names.end());
  }
  if (const std::string* text = TextOf(key, &copy)) return *text;
  if (const auto* words = WordsOf(key, &copy)) return *words;
  return NumberIn(NumberOf(key, &copy));
}

Language EmptyLanguage(std::string name) {
  Language language;
  language.counted_compile = name + "-compile";
  language.names = {std::move(name)};
  return language;
}

}  // namespace sandbox
