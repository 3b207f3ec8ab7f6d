// MetricPage: the page of one scrape, family by family. Used by one thread.
//
//   MetricPage page;
//   page.Counters("assay_items_total", "Items answered, by status.");
//   page.Add(12, {{"status", "ok"}});

#ifndef VERIFIER_SERVER_METRIC_PAGE_H_
#define VERIFIER_SERVER_METRIC_PAGE_H_

#include <prometheus/metric_family.h>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "verifier/engine/histogram.h"

namespace verifier::server {

class MetricPage {
 public:
  using Labels =
      std::initializer_list<std::pair<std::string_view, std::string_view>>;

  // Begins a family; what is added next belongs to it.
  void Counters(std::string_view name, std::string_view help);
  void Gauges(std::string_view name, std::string_view help);
  void Histograms(std::string_view name, std::string_view help);

  void Add(double value, Labels labels = {});
  void Add(const engine::Histogram& histogram, Labels labels = {});

  // In the text format of Prometheus, version 0.0.4.
  [[nodiscard]] std::string Text() const;

 private:
  void Begin(prometheus::MetricType type, std::string_view name,
             std::string_view help);
  prometheus::ClientMetric& AddLabelled(Labels labels);

  std::vector<prometheus::MetricFamily> families_;
};

}  // namespace verifier::server

#endif  // VERIFIER_SERVER_METRIC_PAGE_H_
