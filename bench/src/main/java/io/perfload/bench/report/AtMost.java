// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.report;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/** A figure that is to be at most so much. */
public record AtMost(String what, double most, double measured) {
  /** Something of which there is to be none. */
  public static AtMost none(String what, long measured) {
    return new AtMost(what, 0, measured);
  }

  @JsonProperty
  public boolean reached() {
    return measured <= most;
  }

  /** All of them for people. */
  public static Table table(List<AtMost> goals) {
    var table = new Table("goal", "wanted", "measured", "");
    for (AtMost goal : goals) {
      table.row(
          goal.what,
          goal.most == 0 ? "0" : "≤ " + Figures.of(goal.most),
          goal.measured == 0 ? "0" : Figures.of(goal.measured),
          goal.reached() ? "reached" : "MISSED");
    }
    return table;
  }
}
