// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.agent.probe;

import io.perfload.common.model.Catalogue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Bytes received and sent, from /proc/net/dev. Each interface that carries anything has its own
 * series, but for the loopback and those made for single containers and virtual machines, which
 * come and go. The totals are of interfaces with hardware behind them, as bridges, tunnels and
 * bonds would count the same bytes again; of all of them where none has any, as within a container.
 */
final class NetworkProbe implements Probe {
  private static final int MAX_INTERFACES = 128;
  private static final String[] PASSING = {
    "veth", "cali", "lxc", "tap", "vnet", "fwpr", "fwln", "fwbr"
  };

  private final TextSource netDev;
  private final Predicate<String> physical;
  private final List<Interface> interfaces = new ArrayList<>();
  private int round;

  /**
   * Reads interfaces.
   *
   * @param physical tells whether an interface has hardware behind it; asked once for each
   */
  NetworkProbe(TextSource netDev, Predicate<String> physical) {
    this.netDev = netDev;
    this.physical = physical;
  }

  @Override
  public String subject() {
    return "network";
  }

  @Override
  public void read(Columns columns, long nanoTime) throws IOException {
    var hardware = new Totals();
    var all = new Totals();
    TextLines lines = netDev.read();
    round++;
    lines.next();
    lines.next();
    while (lines.next()) {
      Interface face = face(lines);
      face.round = round;
      if (face.counted) {
        long received = lines.number();
        long sent = lines.skipWords(7).number();
        face.add(received, sent, nanoTime, columns, face.physical ? hardware : all);
      }
    }
    interfaces.removeIf(face -> face.round != round);
    Totals totals = hardware.isUsed() ? hardware : all;
    columns.of(Catalogue.NETWORK_RECEIVE).set(totals.received.value());
    columns.of(Catalogue.NETWORK_TRANSMIT).set(totals.sent.value());
  }

  private Interface face(TextLines lines) {
    for (Interface face : interfaces) {
      if (lines.skipName(face.nameAndColon)) {
        return face;
      }
    }
    String name = lines.nameBefore(':');
    boolean counted = isCounted(name) && interfaces.size() < MAX_INTERFACES;
    var face = new Interface(name, counted, counted && physical.test(name));
    interfaces.add(face);
    return face;
  }

  private static boolean isCounted(String name) {
    if (name.equals("lo")) {
      return false;
    }
    for (String prefix : PASSING) {
      if (name.startsWith(prefix)) {
        return false;
      }
    }
    return true;
  }

  private static final class Totals {
    private final RateSum received = new RateSum();
    private final RateSum sent = new RateSum();
    private boolean used;

    boolean isUsed() {
      return used;
    }
  }

  private static final class Interface {
    private final String name;
    private final String nameAndColon;
    private final boolean counted;
    private final boolean physical;
    private Optional<TwoFlows> flows = Optional.empty();
    private int round;

    Interface(String name, boolean counted, boolean physical) {
      this.name = name;
      this.nameAndColon = name + ':';
      this.counted = counted;
      this.physical = physical;
    }

    void add(long received, long sent, long nanoTime, Columns columns, Totals totals) {
      totals.used = true;
      if (flows.isEmpty() && (physical || received != 0 || sent != 0)) {
        flows =
            Optional.of(
                new TwoFlows(
                    new Flow(columns.of(Catalogue.NETWORK_RECEIVE, name)),
                    new Flow(columns.of(Catalogue.NETWORK_TRANSMIT, name))));
      }
      if (flows.isPresent()) {
        totals.received.add(flows.get().first().next(received, nanoTime));
        totals.sent.add(flows.get().second().next(sent, nanoTime));
      }
    }
  }
}
