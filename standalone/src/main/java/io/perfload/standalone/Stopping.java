// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.standalone;

import io.perfload.standalone.child.Child;
import io.perfload.standalone.child.Ending;
import io.perfload.standalone.child.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Ends processes role by role: first nobody pushes any more, then nobody comes in, then what is
 * under way is finished, and only then the stores go. Any thread.
 */
final class Stopping {
  private final Supplier<? extends Map<Role, ? extends List<? extends Child>>> family;
  private final Ending ending;
  private final Consumer<String> told;

  /**
   * @param family who lives now, whoever started them
   * @param told each step, for people
   */
  Stopping(
      Supplier<? extends Map<Role, ? extends List<? extends Child>>> family,
      Ending ending,
      Consumer<String> told) {
    this.family = family;
    this.ending = ending;
    this.told = told;
  }

  /**
   * Ends {@code members} and all the family besides.
   *
   * @param members of those that are known better than by their number
   */
  Outcome stop(List<Member> members) {
    int ended = 0;
    List<Long> left = new ArrayList<>();
    for (Role role : Role.values()) {
      List<Child> children = of(role, members);
      if (!children.isEmpty()) {
        Ending.Outcome outcome = ending.end(children, role.stopWithin());
        tell(role, children, outcome);
        ended += children.size() - outcome.left().size();
        left.addAll(outcome.left());
      }
    }
    return new Outcome(ended, left);
  }

  private List<Child> of(Role role, List<Member> members) {
    Map<Long, Child> children = new LinkedHashMap<>();
    members.stream()
        .filter(member -> member.role() == role && member.child().alive())
        .forEach(member -> children.put(member.child().pid(), member.child()));
    family
        .get()
        .forEach(
            (found, others) -> {
              if (found == role) {
                others.forEach(child -> children.putIfAbsent(child.pid(), child));
              }
            });
    return List.copyOf(children.values());
  }

  private void tell(Role role, List<Child> children, Ending.Outcome outcome) {
    String who = role.label() + (children.size() > 1 ? "s (" + children.size() + ")" : "");
    String how =
        outcome.killed().isEmpty()
            ? ""
            : ", killed as it did not end within " + role.stopWithin().toSeconds() + " s";
    String left =
        outcome.left().isEmpty()
            ? " stopped"
            : " does not end: pid "
                + outcome.left().stream().map(String::valueOf).collect(Collectors.joining(", "));
    told.accept(who + left + how);
  }

  /**
   * A process and what it is for.
   *
   * @param child started by us
   */
  record Member(Role role, Child child) {}

  /**
   * How it went.
   *
   * @param ended how many processes ended
   * @param left pids of those that are still there
   */
  record Outcome(int ended, List<Long> left) {
    boolean isComplete() {
      return left.isEmpty();
    }
  }
}
