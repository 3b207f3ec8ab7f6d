#include "verifier/server/docs_page.h"

#include <boost/json/array.hpp>
#include <kainjow/mustache.hpp>
#include <string_view>
#include <utility>

#include "verifier/protocol/json_text.h"

namespace verifier::server {
namespace {

namespace json = boost::json;
namespace mustache = kainjow::mustache;

constexpr const char* kTemplate = R"html(<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'">
<title>{{title}} {{version}}</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 60rem;
  margin: 0 auto; padding: 1rem; }
pre { overflow-x: auto; padding: .6rem; border: 1px solid #8886; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
td, th { text-align: left; vertical-align: top; padding: .2rem .8rem .2rem 0; }
h2, h3 { border-top: 1px solid #8886; padding-top: 1rem; }
code { font-size: .95em; }
</style></head><body>
<h1>{{title}} {{version}}</h1>
<p>{{about}} The same for programs: <a href="/openapi.json">/openapi.json</a>.
<ul>{{#operations}}<li><a href="#{{id}}"><code>{{method}} {{path}}</code></a>
{{summary}}{{/operations}}</ul>
{{#operations}}
<h2 id="{{id}}"><code>{{method}} {{path}}</code></h2>
<p>{{summary}}</p>
{{#body}}<p>Body: <a href="#schema-{{body}}">{{body}}</a></p>{{/body}}
{{#example}}<pre>curl -s http://{{host}}{{path}} -H 'Content-Type: application/json' -d '{{example}}'
{{answer}}</pre>{{/example}}
<table>{{#responses}}<tr><td>{{status}}<td>{{help}}{{/responses}}</table>
{{/operations}}
{{#schemas}}
<h3 id="schema-{{name}}">{{name}}</h3>
<p>{{help}}</p>
<table><tr><th>field<th>type<th>required<th>bounds<th>
{{#fields}}<tr><td><code>{{name}}</code><td>{{type}}<td>{{required}}<td>{{bounds}}<td>{{help}}
{{/fields}}</table>
{{/schemas}}
</body></html>
)html";

const json::object kNothing;

const json::object& ObjectAt(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value != nullptr && value->is_object() ? value->get_object()
                                                : kNothing;
}

std::string TextAt(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  if (value == nullptr) return "";
  return value->is_string() ? std::string(value->get_string())
                            : protocol::JsonText(*value);
}

// "Item" of {"$ref": "#/components/schemas/Item"}.
std::string Referred(const json::object& schema) {
  const std::string text = TextAt(schema, "$ref");
  return text.substr(text.rfind('/') + 1);
}

std::string TypeOf(const json::object& schema) {
  if (schema.contains("$ref")) return Referred(schema);
  if (schema.contains("const")) return TextAt(schema, "const");
  if (schema.contains("enum")) return TextAt(schema, "enum");
  if (schema.contains("items")) {
    return "array of " + TypeOf(ObjectAt(schema, "items"));
  }
  for (const char* key : {"oneOf", "anyOf"}) {
    const json::value* choices = schema.if_contains(key);
    if (choices == nullptr || !choices->is_array()) continue;
    std::string text;
    for (const json::value& one : choices->get_array()) {
      if (!one.is_object()) continue;
      text += (text.empty() ? "" : " or ") + TypeOf(one.get_object());
    }
    return text;
  }
  return TextAt(schema, "type");
}

std::string BoundsOf(const json::object& schema) {
  std::string text;
  const auto add = [&text](const std::string& bound) {
    text += (text.empty() ? "" : ", ") + bound;
  };
  for (const char* key : {"minimum", "minItems", "minLength"}) {
    if (schema.contains(key)) add("from " + TextAt(schema, key));
  }
  for (const char* key : {"maximum", "maxItems", "maxLength"}) {
    if (schema.contains(key)) add("to " + TextAt(schema, key));
  }
  const json::object& limit = ObjectAt(schema, "x-limit");
  if (!limit.empty()) {
    add(TextAt(limit, "unit") + " (" + TextAt(limit, "name") + ")");
  }
  if (schema.contains("default")) add("default " + TextAt(schema, "default"));
  return text;
}

mustache::data Schema(std::string_view name, const json::object& schema) {
  mustache::data row;
  row.set("name", std::string(name));
  row.set("help", TextAt(schema, "description") +
                      (schema.contains("oneOf") && schema.contains("properties")
                           ? ""
                           : " " + TypeOf(schema)));
  mustache::data fields{mustache::data::type::list};
  const json::value* required = schema.if_contains("required");
  for (const auto& member : ObjectAt(schema, "properties")) {
    if (!member.value().is_object()) continue;
    const json::object& field = member.value().get_object();
    bool wanted = false;
    if (required != nullptr && required->is_array()) {
      for (const json::value& one : required->get_array()) {
        wanted = wanted || one == json::value(member.key());
      }
    }
    mustache::data cell;
    cell.set("name", std::string(member.key()));
    cell.set("type", TypeOf(field));
    cell.set("required", wanted ? "yes" : "");
    cell.set("bounds", BoundsOf(field));
    cell.set("help", TextAt(field, "description"));
    fields << cell;
  }
  row.set("fields", fields);
  return row;
}

mustache::data Responses(const json::object& document,
                         const json::object& operation) {
  const json::object& shared =
      ObjectAt(ObjectAt(document, "components"), "responses");
  mustache::data rows{mustache::data::type::list};
  for (const auto& member : ObjectAt(operation, "responses")) {
    const json::object& response = member.value().as_object();
    const json::object& meant = response.contains("$ref")
                                    ? ObjectAt(shared, Referred(response))
                                    : response;
    mustache::data row;
    row.set("status", std::string(member.key()));
    row.set("help", TextAt(meant, "description"));
    rows << row;
  }
  return rows;
}

const json::object& JsonContent(const json::object& body) {
  return ObjectAt(ObjectAt(body, "content"), "application/json");
}

mustache::data Operation(const json::object& document, std::string_view path,
                         std::string_view method,
                         const json::object& operation) {
  const json::object& content = JsonContent(ObjectAt(operation, "requestBody"));
  const json::object& good =
      JsonContent(ObjectAt(ObjectAt(operation, "responses"), "200"));
  mustache::data row;
  row.set("id", TextAt(operation, "operationId"));
  row.set("method", method == "post" ? "POST" : "GET");
  row.set("path", std::string(path));
  row.set("summary", TextAt(operation, "summary"));
  if (!content.empty()) {
    row.set("body", Referred(ObjectAt(content, "schema")));
    row.set("example", TextAt(content, "example"));
    row.set("answer", TextAt(good, "example"));
  }
  row.set("responses", Responses(document, operation));
  return row;
}

}  // namespace

std::string DocsPage(const json::object& document) {
  mustache::data page;
  const json::object& info = ObjectAt(document, "info");
  page.set("title", TextAt(info, "title"));
  page.set("version", TextAt(info, "version"));
  page.set("about", TextAt(info, "description"));
  page.set("host", "127.0.0.1:8790");
  mustache::data operations{mustache::data::type::list};
  for (const auto& path : ObjectAt(document, "paths")) {
    for (const auto& method : path.value().as_object()) {
      if (method.key() == "head") continue;  // as GET
      operations << Operation(document, path.key(), method.key(),
                              method.value().as_object());
    }
  }
  page.set("operations", operations);
  mustache::data schemas{mustache::data::type::list};
  for (const auto& member :
       ObjectAt(ObjectAt(document, "components"), "schemas")) {
    schemas << Schema(member.key(), member.value().as_object());
  }
  page.set("schemas", schemas);
  return mustache::mustache(kTemplate).render(page);
}

}  // namespace verifier::server
