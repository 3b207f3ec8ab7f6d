#include <fmt/format.h>

#include <boost/json/array.hpp>
#include <string>

#include "verifier/cli/doctor.h"
#include "verifier/cli/terminal.h"

namespace verifier::cli {
namespace {

namespace json = boost::json;

std::string Mark(bool good, bool fatal, bool color) {
  if (good) return Paint("[ok] ", Style::kGood, color);
  return fatal ? Paint("[bad]", Style::kBad, color)
               : Paint("[off]", Style::kWarning, color);
}

std::string MachineText(const Machine& machine) {
  std::string text = fmt::format(
      "system       {}, {}, {} {}, {}, control groups {}", machine.system,
      machine.kernel, machine.cores, machine.cores == 1 ? "core" : "cores",
      MemoryText(machine.memory_bytes), machine.cgroups);
  if (!machine.container.empty()) text += ", in " + machine.container;
  return text + "\n";
}

std::string JailText(const Doctor& doctor, bool color) {
  const engine::JailReport& jail = doctor.jail;
  const std::string level = jail.level.empty() ? "none" : jail.level;
  std::string text = fmt::format(
      "jail         level {} of L3; required: {}{}\n", level, doctor.required,
      doctor.below_required() ? Paint("  NOT REACHED", Style::kBad, color)
                              : "");
  if (!jail.problem.empty()) {
    text += fmt::format("  {} {}\n", Mark(false, true, color),
                        Printable(jail.problem, 500));
    text += "        without a jail programs are not judged; all else is\n";
  }
  if (!jail.fix.empty()) text += "        fix: " + jail.fix + "\n";
  for (const engine::JailLayer& layer : jail.layers) {
    text += fmt::format("  {} {:<16} {}\n", Mark(layer.on, false, color),
                        layer.name, layer.what);
    if (!layer.fix.empty()) text += "        fix: " + layer.fix + "\n";
  }
  return text;
}

std::string PartsText(const char* title, const std::vector<Doctor::Part>& parts,
                      bool color) {
  std::string text;
  for (const Doctor::Part& part : parts) {
    const bool good = part.problem.empty();
    text += fmt::format("{:<12} {} {}\n", text.empty() ? title : "",
                        Mark(good, part.fatal, color),
                        part.name +
                            (part.version.empty() ? "" : " " + part.version) +
                            (good ? "" : ": " + part.problem));
  }
  return text;
}

std::string ConfigText(const Doctor& doctor, bool color) {
  std::string files;
  for (const std::string& file : doctor.files) {
    files += (files.empty() ? "" : ", ") + Printable(file, 500);
  }
  if (!doctor.config_errors.empty()) {
    files = fmt::format("{} {} errors", Mark(false, true, color),
                        doctor.config_errors.size());
  }
  std::string text = fmt::format("config       {}\n",
                                 files.empty() ? "no file: defaults" : files);
  for (const std::string& error : doctor.config_errors) {
    text += "             " + error + "\n";
  }
  for (const std::string& set : doctor.set)
    text += "             " + set + "\n";
  return text;
}

json::array PartsJson(const std::vector<Doctor::Part>& parts) {
  json::array list;
  for (const Doctor::Part& part : parts) {
    json::object one{{"name", part.name}};
    one["version"] =
        part.version.empty() ? json::value(nullptr) : json::value(part.version);
    one["problem"] =
        part.problem.empty() ? json::value(nullptr) : json::value(part.problem);
    list.push_back(std::move(one));
  }
  return list;
}

json::array Strings(const std::vector<std::string>& strings) {
  json::array list;
  for (const std::string& one : strings) list.emplace_back(one);
  return list;
}

json::object JailJson(const Doctor& doctor) {
  const engine::JailReport& jail = doctor.jail;
  const auto or_null = [](const std::string& text) {
    return text.empty() ? json::value(nullptr) : json::value(text);
  };
  json::object object{{"level", or_null(jail.level)},
                      {"required", doctor.required},
                      {"reached", !doctor.below_required()},
                      {"problem", or_null(jail.problem)},
                      {"fix", or_null(jail.fix)}};
  json::array& layers = object["layers"].emplace_array();
  for (const engine::JailLayer& layer : jail.layers) {
    layers.push_back(json::object{{"name", layer.name},
                                  {"on", layer.on},
                                  {"what", layer.what},
                                  {"fix", or_null(layer.fix)}});
  }
  return object;
}

}  // namespace

std::string DoctorText(const Doctor& doctor, bool color) {
  const std::size_t warnings = doctor.warnings();
  const std::size_t errors = doctor.errors();
  return doctor.version + "\n" + MachineText(doctor.machine) +
         JailText(doctor, color) +
         PartsText("languages", doctor.languages, color) +
         ConfigText(doctor, color) +
         PartsText("plugins", doctor.plugins, color) +
         fmt::format("{} {}, {} {}\n", warnings,
                     warnings == 1 ? "warning" : "warnings", errors,
                     errors == 1 ? "error" : "errors");
}

json::object DoctorJson(const Doctor& doctor) {
  const Machine& machine = doctor.machine;
  return {{"version", doctor.version},
          {"system", json::object{{"name", machine.system},
                                  {"kernel", machine.kernel},
                                  {"cores", machine.cores},
                                  {"memory_bytes", machine.memory_bytes},
                                  {"control_groups", machine.cgroups},
                                  {"container", machine.container}}},
          {"jail", JailJson(doctor)},
          {"languages", PartsJson(doctor.languages)},
          {"config", json::object{{"files", Strings(doctor.files)},
                                  {"set", Strings(doctor.set)},
                                  {"errors", Strings(doctor.config_errors)}}},
          {"plugins", PartsJson(doctor.plugins)},
          {"warnings", doctor.warnings()},
          {"errors", doctor.errors()}};
}

}  // namespace verifier::cli
