// A checker for Assay: a response of at most `words` words earns 1; a longer one
// earns less, down to 0 at twice as many.
//   g++ -std=c++20 -O2 word_limit.cc -o word_limit -lboost_json
#include <algorithm>
#include <boost/json.hpp>
#include <iostream>
#include <sstream>

int main() {
  namespace json = boost::json;
  std::cout << R"({"assay_plugin": 1, "version": "1",
 "summary": "The response keeps to a number of words.",
 "schema": {"type": "object", "required": ["words"], "examples": [{"words": 50}],
 "properties": {"words": {"type": "integer", "minimum": 1}}}})" "\n" << std::flush;
  for (std::string line; std::getline(std::cin, line);) {
    const json::value item = json::parse(line);
    std::istringstream text(json::value_to<std::string>(item.at("response")));
    double words = 0;
    for (std::string word; text >> word;) ++words;
    const double limit = item.at("params").at("words").to_number<double>();
    const double score = std::clamp(2 - words / limit, 0.0, 1.0);
    std::cout << json::object{{"id", item.at("id")}, {"score", score},
                              {"detail", {{"words", words}}}} << std::endl;
  }
}
