// A checker for Assay: a response of at most `most` words earns 1; a longer
// one earns less, down to 0 at twice as many.
//   g++ -std=c++20 -O2 word_limit.cc -o word_limit -lboost_json
#include <algorithm>
#include <boost/json.hpp>
#include <iostream>
#include <sstream>

int main() {
  std::cout << R"({"assay_plugin": 1, "version": "1", )"
               R"("summary": "The response keeps to a number of words.", )"
               R"("schema": {"type": "object", "properties": )"
               R"({"most": {"type": "integer", "minimum": 1}}, )"
               R"("required": ["most"], "examples": [{"most": 50}]}})"
            << std::endl;
  for (std::string line; std::getline(std::cin, line);) {
    const boost::json::value item = boost::json::parse(line);
    std::istringstream text(value_to<std::string>(item.at("response")));
    int words = 0;
    for (std::string word; text >> word;) ++words;
    const auto most = item.at("params").at("most").to_number<double>();
    const double score = std::clamp(2 - words / most, 0.0, 1.0);
    std::cout << boost::json::object{{"id", item.at("id")},
                                     {"score", score},
                                     {"detail", {{"words", words}}}}
              << std::endl;
  }
}
