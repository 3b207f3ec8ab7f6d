#include "verifier/server/metric_page.h"

#include <prometheus/text_serializer.h>

#include <limits>

namespace verifier::server {

using prometheus::ClientMetric;
using prometheus::MetricType;

void MetricPage::Begin(MetricType type, std::string_view name,
                       std::string_view help) {
  families_.push_back({std::string(name), std::string(help), type, {}});
}

void MetricPage::Counters(std::string_view name, std::string_view help) {
  Begin(MetricType::Counter, name, help);
}

void MetricPage::Gauges(std::string_view name, std::string_view help) {
  Begin(MetricType::Gauge, name, help);
}

void MetricPage::Histograms(std::string_view name, std::string_view help) {
  Begin(MetricType::Histogram, name, help);
}

ClientMetric& MetricPage::AddLabelled(Labels labels) {
  ClientMetric& metric = families_.back().metric.emplace_back();
  for (const auto& [name, value] : labels) {
    metric.label.push_back({std::string(name), std::string(value)});
  }
  return metric;
}

void MetricPage::Add(double value, Labels labels) {
  ClientMetric& metric = AddLabelled(labels);
  if (families_.back().type == MetricType::Counter) {
    metric.counter.value = value;
  } else {
    metric.gauge.value = value;
  }
}

void MetricPage::Add(const engine::Histogram& histogram, Labels labels) {
  using engine::Histogram;
  const Histogram::Reading reading = histogram.Read();
  ClientMetric::Histogram& out = AddLabelled(labels).histogram;
  for (std::size_t i = 0; i < reading.counts.size(); ++i) {
    out.sample_count += reading.counts[i];
    const bool last = i == Histogram::kMostUs.size();
    out.bucket.push_back(
        {out.sample_count,
         last ? std::numeric_limits<double>::infinity()
              : static_cast<double>(Histogram::kMostUs[i]) / 1e6});
  }
  out.sample_sum = static_cast<double>(reading.sum_us) / 1e6;
}

std::string MetricPage::Text() const {
  return prometheus::TextSerializer().Serialize(families_);
}

}  // namespace verifier::server
