#include "verifier/server/http_date.h"

#include <fmt/format.h>

#include <array>
#include <ctime>
#include <string>

namespace verifier::server {

std::string_view HttpDate() {
  static constexpr std::array kDays = {"Sun", "Mon", "Tue", "Wed",
                                       "Thu", "Fri", "Sat"};
  static constexpr std::array kMonths = {"Jan", "Feb", "Mar", "Apr",
                                         "May", "Jun", "Jul", "Aug",
                                         "Sep", "Oct", "Nov", "Dec"};
  thread_local std::time_t last = -1;
  thread_local std::string text;
  const std::time_t now = std::time(nullptr);
  if (now != last) {
    std::tm utc{};
    gmtime_r(&now, &utc);
    text =
        fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
                    kDays[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                    kMonths[static_cast<std::size_t>(utc.tm_mon)],
                    1900 + utc.tm_year, utc.tm_hour, utc.tm_min, utc.tm_sec);
    last = now;
  }
  return text;
}

}  // namespace verifier::server
