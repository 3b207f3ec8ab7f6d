// The contents of slots, by list and language.

#include <array>
#include <stdexcept>
#include <vector>

#include "datasets/general_intent.h"

namespace datasets {
namespace {

using Contents = std::array<std::vector<std::string_view>, 2>;  // by Language

const Contents& ContentsOf(SlotList list) {
  static const std::vector<std::string_view> animals = {
      "cat", "dog", "bird", "fish", "horse", "duck", "frog"};
  static const std::vector<std::string_view> numbers = {"1", "2", "3", "4", "5",
                                                        "6", "7", "8", "9"};
  static const std::vector<std::string_view> steps = {"2", "3", "4"};
  // In the order of SlotList.
  static const std::vector<Contents> all = {
      {{{"Tom", "Anna", "Ben", "Lily", "Max", "Mia", "Sam"},
        {"小明", "小红", "小华", "小丽", "小刚", "小芳", "小军"}}},
      {{animals, {"猫", "狗", "鸟", "鱼", "马", "鸭子", "青蛙"}}},
      {{{"rice", "bread", "cheese", "soup", "beans", "milk", "fruit"},
        {"米饭", "面包", "奶酪", "汤", "豆子", "牛奶", "水果"}}},
      {{{"red", "blue", "green", "yellow", "black", "white"},
        {"红色", "蓝色", "绿色", "黄色", "黑色", "白色"}}},
      {{{"Paris", "London", "Beijing", "Tokyo", "Rome", "Cairo", "Berlin"},
        {"巴黎", "伦敦", "北京", "东京", "罗马", "开罗", "柏林"}}},
      {{{"today", "tonight", "tomorrow"}, {"今天", "今晚", "明天"}}},
      {{{"happy", "sad", "tired", "bored", "lonely"},
        {"开心", "难过", "累", "无聊", "孤单"}}},
      {{{"car", "bike", "phone", "watch", "camera"},
        {"车", "自行车", "手机", "手表", "相机"}}},
      {{{"process", "program", "task", "server"},
        {"进程", "程序", "任务", "服务"}}},
      {{{"Linux", "Windows", "Mac", "Android", "my laptop"},
        {"Linux", "Windows", "Mac", "Android", "我的电脑"}}},
      {{animals, animals}},
      {{{"two", "three", "four"}, {"两", "三", "四"}}},
      {{numbers, numbers}},
      {{steps, steps}},
  };
  return all.at(static_cast<std::size_t>(list));
}

}  // namespace

std::size_t SlotCount(SlotList list) noexcept {
  return ContentsOf(list)[0].size();
}

std::string_view SlotText(SlotList list, std::size_t index, Language language) {
  return ContentsOf(list)[static_cast<std::size_t>(language)].at(index);
}

}  // namespace datasets
