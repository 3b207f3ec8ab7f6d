#include "sandbox/language.h"

#include <algorithm>
#include <cstddef>
#include <set>

namespace sandbox {
namespace {

constexpr std::size_t kNone = std::string::npos;

bool EndsLike(const std::string& name, const std::vector<std::string>& ends) {
  return std::any_of(ends.begin(), ends.end(), [&name](const std::string& end) {
    return name.ends_with(end);
  });
}

// No option, and no list of options.
std::string AsFile(const std::string& name) {
  const bool other = name.starts_with('-') || name.starts_with('@');
  return other ? "./" + name : name;
}

// The only file of `files` that is a source, or kNone.
std::size_t OnlySource(const Language& language,
                       const std::vector<ProgramFile>& files) {
  std::size_t found = kNone;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!IsSource(language, files[i])) continue;
    if (found != kNone) return kNone;
    found = i;
  }
  return found;
}

// The file that is run, or kNone where there is no telling.
std::size_t Main(const Language& language,
                 const std::vector<ProgramFile>& files) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (files[i].name == language.main) return i;
  }
  return files.size() == 1 ? 0 : OnlySource(language, files);
}

// Of compiled programs it may be one of several sources.
std::string MainName(const Language& language,
                     const std::vector<ProgramFile>& files) {
  const std::size_t main = Main(language, files);
  return main == kNone ? language.main : files[main].name;
}

std::string Stem(const std::string& name) {
  return name.substr(0, name.rfind('.'));
}

}  // namespace

bool IsSource(const Language& language, const ProgramFile& file) {
  return EndsLike(file.name, language.endings);
}

std::string SourceProblem(const Language& language,
                          const std::vector<ProgramFile>& files) {
  std::set<std::string_view> names;
  for (const ProgramFile& file : files) {
    if (!IsFileName(file.name)) {
      return "a file name has 1 to 255 bytes and no slash";
    }
    if (language.compiled() && file.name == kArtifact) {
      return std::string(kArtifact) + " is the compiled program's name";
    }
    if (!names.insert(file.name).second) return "two files have one name";
  }
  if (!language.compiled() && Main(language, files) == kNone) {
    return "which file is the program? name it " + language.main;
  }
  const bool any = std::any_of(files.begin(), files.end(), [&](const auto& f) {
    return IsSource(language, f);
  });
  if (language.compiled() && !any) {
    std::string ends;
    for (const std::string& end : language.endings) {
      ends += (ends.empty() ? "" : ", ") + end;
    }
    return "no file to compile: their names end in " + ends;
  }
  return "";
}

std::vector<std::string> CommandLine(const Language& language,
                                     const std::vector<std::string>& words,
                                     const std::vector<ProgramFile>& files) {
  std::vector<std::string> line;
  for (const std::string& word : words) {
    if (word == "{main}") {
      line.push_back(AsFile(MainName(language, files)));
    } else if (word == "{stem}") {
      line.push_back(AsFile(Stem(MainName(language, files))));
    } else if (word == "{sources}") {
      for (const ProgramFile& file : files) {
        if (IsSource(language, file)) line.push_back(AsFile(file.name));
      }
    } else {
      line.push_back(word);
    }
  }
  return line;
}

}  // namespace sandbox
