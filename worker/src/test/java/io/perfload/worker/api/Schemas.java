// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * As much of JSON Schema as our description uses; stricter: a field that is not described is a
 * fault.
 */
final class Schemas {
  private final JsonNode description;

  Schemas(JsonNode description) {
    this.description = description;
  }

  /** Returns what of {@code value} is not as {@code schema} says. */
  List<String> faults(JsonNode schema, JsonNode value) {
    List<String> faults = new ArrayList<>();
    check(schema, value, "$", faults);
    return faults;
  }

  private void check(JsonNode schema, JsonNode value, String at, List<String> faults) {
    if (schema.isMissingNode()) {
      faults.add(at + ": nothing is said of it");
      return;
    }
    if (schema.has("$ref")) {
      check(description.at(schema.get("$ref").textValue().substring(1)), value, at, faults);
      return;
    }
    if (!types(schema).contains(typeOf(value))
        && !(types(schema).contains("number") && value.isNumber())) {
      faults.add(at + ": " + typeOf(value) + " instead of " + types(schema));
      return;
    }
    if (schema.has("enum") && !contains(schema.get("enum"), value)) {
      faults.add(at + ": " + value + " is not one of " + schema.get("enum"));
    }
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        check(schema.path("items"), value.get(i), at + "[" + i + "]", faults);
      }
    }
    if (value.isObject()) {
      object(schema, value, at, faults);
    }
  }

  private void object(JsonNode schema, JsonNode value, String at, List<String> faults) {
    for (JsonNode required : schema.path("required")) {
      if (!value.has(required.textValue())) {
        faults.add(at + "." + required.textValue() + ": missing");
      }
      if (!schema.path("properties").has(required.textValue())) {
        faults.add(at + "." + required.textValue() + ": required and not described");
      }
    }
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      JsonNode known = schema.path("properties").path(field.getKey());
      JsonNode other = schema.path("additionalProperties");
      JsonNode of = known.isMissingNode() && other.isObject() ? other : known;
      check(of, field.getValue(), at + "." + field.getKey(), faults);
    }
  }

  private static Set<String> types(JsonNode schema) {
    Set<String> types = new LinkedHashSet<>();
    JsonNode type = schema.path("type");
    if (type.isArray()) {
      type.forEach(one -> types.add(one.textValue()));
    } else {
      types.add(type.asText());
    }
    return types;
  }

  private static boolean contains(JsonNode allowed, JsonNode value) {
    for (JsonNode one : allowed) {
      if (one.equals(value)) {
        return true;
      }
    }
    return false;
  }

  private static String typeOf(JsonNode value) {
    if (value.isIntegralNumber()) {
      return "integer";
    }
    return switch (value.getNodeType()) {
      case OBJECT -> "object";
      case ARRAY -> "array";
      case STRING -> "string";
      case BOOLEAN -> "boolean";
      case NULL -> "null";
      default -> "number";
    };
  }
}
