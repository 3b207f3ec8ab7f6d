#include "verifier/server/metrics.h"

#include <algorithm>

#include "verifier/engine/execute.h"
#include "verifier/server/build_info.h"
#include "verifier/server/metric_page.h"
#include "verifier/server/service.h"

namespace verifier::server {
namespace {

using engine::CompileCounts;
using engine::RunCounts;
using engine::Tally;

double Value(std::uint64_t count) { return static_cast<double>(count); }

void AddChecks(const Tally& tally, MetricPage& page) {
  page.Counters("assay_checks_total", "Checks judged, by checker and outcome.");
  for (std::size_t i = 0; i < tally.size(); ++i) {
    const Tally::Checker& one = tally.checker(i);
    for (std::size_t o = 0; o < Tally::kOutcomes.size(); ++o) {
      page.Add(Value(one.outcomes[o]),
               {{"checker", one.name}, {"outcome", Tally::kOutcomes[o]}});
    }
  }
  page.Counters("assay_not_judged_total",
                "Checks that were not judged, by why: failures of the service "
                "or of the gold, never of the answer.");
  for (std::size_t i = 0; i < tally.size(); ++i) {
    const Tally::Checker& one = tally.checker(i);
    for (std::size_t r = 0; r < Tally::kReasons.size(); ++r) {
      page.Add(Value(one.not_judged[r]),
               {{"checker", one.name}, {"reason", Tally::kReasons[r]}});
    }
  }
  page.Histograms("assay_check_duration_seconds", "Time of one check.");
  for (std::size_t i = 0; i < tally.size(); ++i) {
    const Tally::Checker& one = tally.checker(i);
    page.Add(one.elapsed, {{"checker", one.name}});
  }
}

void AddQueue(const engine::Engine& engine, MetricPage& page) {
  const engine::EngineStats stats = engine.stats();
  const engine::EngineOptions& options = engine.options();
  page.Counters("assay_items_total",
                "Items answered, by status; a program of "
                "/v1/execute is one.");
  for (std::size_t s = 0; s < Tally::kStatuses.size(); ++s) {
    page.Add(Value(engine.tally().items(s)), {{"status", Tally::kStatuses[s]}});
  }
  page.Histograms("assay_queue_wait_seconds",
                  "Time that an item waited for its turns.");
  page.Add(engine.tally().queue_wait());
  page.Gauges("assay_queue_items", "Items that wait or run.");
  page.Add(Value(stats.waiting + stats.running));
  page.Gauges("assay_queue_limit_items",
              "Items that may wait or run: limit.queue_items.");
  page.Add(Value(engine.queue_items()));
  page.Gauges("assay_workers", "Threads for checks that compute.");
  page.Add(options.workers);
  page.Gauges("assay_workers_busy", "Of those, the ones that judge.");
  page.Add(Value(stats.workers_busy));
  page.Gauges("assay_jail_slots", "Places for programs, by state.");
  page.Add(Value(options.slots -
                 std::min<std::size_t>(stats.slots_taken, options.slots)),
           {{"state", "free"}});
  page.Add(Value(stats.slots_taken), {{"state", "busy"}});
}

// "queue-full" as a label has it.
std::string Underscored(std::string_view slug) {
  std::string text(slug);
  std::replace(text.begin(), text.end(), '-', '_');
  return text;
}

std::string_view PathOf(std::size_t route) {
  return route < Routes().size() ? Routes()[route].path : "unmatched";
}

void AddHttp(const Service& service, MetricPage& page) {
  const HttpTally& http = service.http;
  page.Counters("assay_http_requests_total",
                "Requests answered, by route and status code.");
  for (std::size_t r = 0; r < http.routes().size(); ++r) {
    for (std::size_t s = 0; s < HttpTally::kStatuses.size(); ++s) {
      page.Add(Value(http.routes()[r].statuses[s]),
               {{"route", PathOf(r)},
                {"code", std::to_string(HttpTally::kStatuses[s])}});
    }
  }
  page.Histograms("assay_http_request_duration_seconds",
                  "Time from a whole head to an answer ready to be sent.");
  for (std::size_t r = 0; r < http.routes().size(); ++r) {
    page.Add(http.routes()[r].elapsed, {{"route", PathOf(r)}});
  }
  page.Counters("assay_rejections_total",
                "Requests and connections refused, by type of problem.");
  for (const ProblemType& type : ProblemTypes()) {
    page.Add(Value(http.refusals()[IndexOf(type)]),
             {{"reason", Underscored(type.slug)}});
  }
  page.Gauges("assay_http_connections", "Open connections.");
  page.Add(Value(service.connections.size()));
  page.Gauges("assay_http_bodies_held_bytes", "Request bodies in memory.");
  page.Add(Value(service.bodies.held()));
  page.Gauges("assay_draining", "1 while the service ends: /readyz says 503.");
  page.Add(service.draining ? 1 : 0);
  page.Counters("assay_exceptions_total",
                "Exceptions that reached a guard: defects, or no memory.");
  page.Add(Value(service.stats.exceptions));
}

// 1 to 3 for "L1" to "L3"; 0 for "L0" and where there is no jail.
int LevelNumber(std::string_view level) {
  return level.size() == 2 && level[0] == 'L' ? level[1] - '0' : 0;
}

void AddJail(const Service& service, MetricPage& page) {
  const RunCounts& runs = RunCounts::OfProcess();
  page.Counters("assay_jail_runs_total",
                "Programs run, by language and how they ended.");
  for (std::size_t l = 0; l < runs.size(); ++l) {
    for (std::size_t v = 0; v < RunCounts::kVerdicts.size(); ++v) {
      page.Add(Value(runs.count(l, v)), {{"language", runs.language(l)},
                                         {"verdict", RunCounts::kVerdicts[v]}});
    }
  }
  const CompileCounts& compiles = CompileCounts::OfProcess();
  page.Counters("assay_compile_cache_lookups_total",
                "Compiles that were asked for, by whether the result was there "
                "or under way.");
  page.Add(Value(compiles.hits), {{"result", "hit"}});
  page.Add(Value(compiles.misses), {{"result", "miss"}});
  page.Counters("assay_compile_cache_evictions_total",
                "Compiled programs that made room for others.");
  page.Add(Value(compiles.evictions));
  page.Gauges("assay_compile_cache_bytes", "Compiled programs that are kept.");
  page.Add(static_cast<double>(compiles.held_bytes.load()));
  page.Gauges("assay_precompiled_header_bytes",
              "Headers that were compiled once, as files.");
  page.Add(static_cast<double>(compiles.precompiled_bytes.load()));
  page.Gauges("assay_jail_enforcement_level",
              "1 to 3: what holds programs, L1 to L3. 0: there is no jail and "
              "programs are not judged, or L0 was asked for.");
  page.Add(LevelNumber(service.snapshot.Get()->options.jail_level));
}

void AddConfig(const Stats& stats, MetricPage& page) {
  page.Gauges("assay_config_last_reload_successful",
              "0 where the last SIGHUP was refused: what was served before "
              "still is.");
  page.Add(stats.config_last_reload_ok ? 1 : 0);
  page.Gauges("assay_config_last_reload_success_timestamp_seconds",
              "When the configuration that is served was read.");
  page.Add(static_cast<double>(stats.config_loaded_at));
  page.Counters("assay_config_reloads_total",
                "Configurations read anew, by whether they were taken.");
  page.Add(Value(stats.config_reloads), {{"result", "taken"}});
  page.Add(Value(stats.config_reloads_refused), {{"result", "refused"}});
}

void AddProcess(const ProcessFigures::Reading& process, MetricPage& page) {
  page.Gauges("assay_build_info", "1; the labels say what is running.");
  page.Add(1, {{"version", BuildVersion()}, {"revision", BuildRevision()}});
  page.Counters("process_cpu_seconds_total",
                "Processor time, user and system.");
  page.Add(process.cpu_seconds);
  page.Gauges("process_resident_memory_bytes", "Resident memory.");
  page.Add(Value(process.resident_bytes));
  page.Gauges("process_virtual_memory_bytes", "Virtual memory.");
  page.Add(Value(process.virtual_bytes));
  if (process.open_fds) {
    page.Gauges("process_open_fds", "Open descriptors.");
    page.Add(Value(*process.open_fds));
  }
  page.Gauges("process_max_fds", "Descriptors that may be open.");
  page.Add(Value(process.max_fds));
  page.Gauges("process_threads", "Threads.");
  page.Add(Value(process.threads));
  page.Gauges("process_start_time_seconds",
              "When the process started, since the epoch.");
  page.Add(process.start_time_seconds);
}

}  // namespace

std::string MetricsText(const Service& service) {
  MetricPage page;
  AddChecks(service.engine.tally(), page);
  AddQueue(service.engine, page);
  AddHttp(service, page);
  AddJail(service, page);
  AddConfig(service.stats, page);
  AddProcess(service.process.Read(), page);
  return page.Text();
}

}  // namespace verifier::server
