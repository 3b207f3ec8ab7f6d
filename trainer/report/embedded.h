// Files that are part of the program. Internal to report/.

#ifndef TRAINER_REPORT_EMBEDDED_H_
#define TRAINER_REPORT_EMBEDDED_H_

#include <string_view>

namespace trainer::embedded {

extern const std::string_view kChartJs;         // Chart.js, MIT licence
extern const std::string_view kReportTemplate;  // report.html.mustache

}  // namespace trainer::embedded

#endif  // TRAINER_REPORT_EMBEDDED_H_
