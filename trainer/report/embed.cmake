# Writes OUTPUT, a source file with the texts of CHART_JS and TEMPLATE.
file(READ ${CHART_JS} chart_js)
file(READ ${TEMPLATE} template)
file(WRITE ${OUTPUT} "#include \"trainer/report/embedded.h\"

namespace trainer::embedded {

const std::string_view kChartJs = R\"assay_text(${chart_js})assay_text\";

const std::string_view kReportTemplate = R\"assay_text(${template})assay_text\";

}  // namespace trainer::embedded
")
