// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.master.roster;

import io.netty.util.concurrent.EventExecutor;
import io.perfload.common.control.ControlCodec;
import io.perfload.common.control.DoorCounters;
import io.perfload.common.control.FromMaster;
import io.perfload.common.control.FromWorker;
import io.perfload.common.control.ProcessIdentity;
import io.perfload.common.control.RunDirectory;
import io.perfload.common.control.SlotReport;
import io.perfload.common.control.SlotState;
import io.perfload.common.route.StickyRoute;
import io.perfload.master.handover.Handover;
import io.perfload.master.handover.HandoverLink;
import io.perfload.master.handover.SlotListener;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who works here. Slots {@code 0 … workers-1} are managed: the master starts a process for each and
 * replaces it when it goes. Every other worker that registers gets a slot of its own.
 *
 * <p>A worker that goes is first proved dead: a managed one is killed, any other is watched for a
 * moment. Only then do the connections that it did not answer go to others. Where there is no proof
 * they are ended. Confined to the door's event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what fails there is told elsewhere
public final class Roster implements SlotListener, HandoverLink.Events {
  private static final Logger log = LoggerFactory.getLogger(Roster.class);
  private static final Duration PROOF = Duration.ofSeconds(1);
  private static final Duration DRAIN_LINK = Duration.ofSeconds(5);

  private final RosterSettings settings;
  private final WorkerCommand command;
  private final WorkerProcesses processes;
  private final EventExecutor loop;
  private final LongSupplier nanoTime;
  private final Handover handover;
  private final List<Slot> slots = new ArrayList<>();

  /** Processes of an earlier master that had more of them. */
  private final Set<ProcessIdentity> surplus = new HashSet<>();

  private final ControlLink.Events control = new Registrar();
  private boolean filling;
  private boolean stopping;
  private boolean wantsDoor;
  private @Nullable Runnable whenEmpty;

  public Roster(
      RosterSettings settings,
      WorkerCommand command,
      WorkerProcesses processes,
      EventExecutor loop,
      LongSupplier nanoTime,
      Function<SlotListener, Handover> handover) {
    this.settings = settings;
    this.command = command;
    this.processes = processes;
    this.loop = loop;
    this.nanoTime = nanoTime;
    this.handover = handover.apply(this);
  }

  ControlLink.Events control() {
    return control;
  }

  public Handover handover() {
    return handover;
  }

  // ---- processes

  /** Takes note of the workers that an earlier master left: their slots are kept for them. */
  public void recall(RunDirectory run) {
    slotsUpTo(settings.workers());
    processes.later(
        () -> {
          for (int number = 0; number < StickyRoute.MAX_SLOTS; number++) {
            int slot = number;
            Optional<ProcessIdentity> left = run.workerPid(number).read();
            left.ifPresent(process -> loop.execute(() -> recall(slot, process)));
          }
        });
  }

  private void slotsUpTo(int count) {
    while (slots.size() < count) {
      slots.add(new Slot(slots.size(), slots.size() < settings.workers()));
    }
    handover.slots(count);
  }

  private void recall(int number, ProcessIdentity left) {
    if (number >= settings.workers()) {
      surplus.add(left);
      return;
    }
    log.info("Worker of an earlier master expected back: slot={} pid={}", number, left.pid());
    Slot slot = slots.get(number);
    slot.expect(left, true);
    slot.become(SlotState.STARTING, nanoTime.getAsLong());
  }

  /** Starts the workers that are missing, now and from now on. */
  public void fill() {
    // asked last, so that everybody who was left has been recalled
    processes.later(
        () ->
            loop.execute(
                () -> {
                  filling = true;
                  slots.stream()
                      .filter(slot -> slot.managed && slot.is(SlotState.VACANT))
                      .forEach(this::spawn);
                }));
  }

  private void spawn(Slot slot) {
    if (stopping) {
      return;
    }
    slot.become(SlotState.STARTING, nanoTime.getAsLong());
    processes.start(
        command, slot.number, process -> started(slot, process), process -> exited(slot, process));
  }

  private void started(Slot slot, Optional<ProcessIdentity> process) {
    if (process.isPresent()) {
      log.info("Worker started: slot={} pid={}", slot.number, process.get().pid());
      slot.expect(process.get(), false);
      if (stopping) {
        giveUp(slot, "the master stops");
      }
    } else {
      respawn(slot);
    }
  }

  private void exited(Slot slot, ProcessIdentity process) {
    if (slot.holds(process)) {
      slot.processDied();
      giveUp(slot, "its process ended");
      proceed(slot);
    }
  }

  private void respawn(Slot slot) {
    Duration lived = slot.lived();
    slot.vacate();
    slot.become(SlotState.VACANT, nanoTime.getAsLong());
    if (stopping) {
      tellIfEmpty();
    } else if (slot.managed && filling) {
      slot.restarts++;
      loop.schedule(() -> spawn(slot), slot.delay.after(lived).toMillis(), TimeUnit.MILLISECONDS);
    }
    announce();
  }

  // ---- registration

  private final class Registrar implements ControlLink.Events {
    @Override
    public void said(ControlLink link, FromWorker message) {
      message.on(new Heard(link)).run();
    }

    @Override
    public void ended(ControlLink link) {
      find(slot -> slot.holds(link)).ifPresent(slot -> giveUp(slot, "its control socket ended"));
    }
  }

  /** What to do about each message. */
  private final class Heard implements FromWorker.Cases<Runnable> {
    private final ControlLink link;

    Heard(ControlLink link) {
      this.link = link;
    }

    @Override
    public Runnable register(FromWorker.Register message) {
      return () ->
          processes.identify(link.pid(), process -> Roster.this.register(link, message, process));
    }

    @Override
    public Runnable load(FromWorker.Load message) {
      return () -> find(slot -> slot.holds(link)).ifPresent(slot -> reported(slot, message));
    }

    @Override
    public Runnable leaving(FromWorker.Leaving message) {
      return () -> find(slot -> slot.holds(link)).ifPresent(Roster.this::leave);
    }
  }

  private Optional<Slot> find(Predicate<Slot> which) {
    return slots.stream().filter(which).findFirst();
  }

  private void register(
      ControlLink link, FromWorker.Register register, Optional<ProcessIdentity> process) {
    if (register.version() != ControlCodec.VERSION) {
      refuse(
          link, "version " + register.version() + ", this master speaks " + ControlCodec.VERSION);
    } else if (stopping) {
      refuse(link, "the master stops");
    } else if (process.filter(surplus::remove).isPresent()) {
      log.info("Worker is one too many, drained: pid={}", link.pid());
      link.send(new FromMaster.Drain(settings.drainWithin().toMillis()));
    } else if (find(slot -> slot.holds(register.instance())).isPresent()) {
      refuse(link, "registered already");
    } else {
      seat(register.lastSlot(), process)
          .ifPresentOrElse(
              slot -> register(slot, link, register, process),
              () -> refuse(link, "no slot is free"));
    }
  }

  private static void refuse(ControlLink link, String reason) {
    log.info("Worker refused: pid={} reason={}", link.pid(), reason);
    link.send(new FromMaster.Refused(reason));
    link.close();
  }

  private Optional<Slot> seat(int last, Optional<ProcessIdentity> process) {
    Optional<Slot> own = process.flatMap(known -> find(slot -> slot.holds(known)));
    if (own.isPresent()) {
      return own.filter(slot -> slot.is(SlotState.STARTING));
    }
    if (last >= settings.workers() && last < StickyRoute.MAX_SLOTS) {
      slotsUpTo(last + 1);
      if (slots.get(last).is(SlotState.VACANT)) {
        return Optional.of(slots.get(last));
      }
    }
    Optional<Slot> free = find(slot -> !slot.managed && slot.is(SlotState.VACANT));
    if (free.isPresent() || slots.size() == StickyRoute.MAX_SLOTS) {
      return free;
    }
    slotsUpTo(slots.size() + 1);
    return Optional.of(slots.get(slots.size() - 1));
  }

  private void register(
      Slot slot,
      ControlLink link,
      FromWorker.Register register,
      Optional<ProcessIdentity> process) {
    long now = nanoTime.getAsLong();
    slot.registered(link, register.instance(), process);
    slot.room = register.room();
    slot.connections = register.connections();
    slot.heardNanos = now;
    slot.become(SlotState.LINKING, now);
    log.info("Worker registered: slot={} pid={} room={}", slot.number, link.pid(), slot.room);
    link.send(new FromMaster.SlotAssigned(slot.number, settings.node()));
    if (wantsDoor) {
      link.send(new FromMaster.GiveDoor());
    }
    announce();
  }

  private void reported(Slot slot, FromWorker.Load load) {
    slot.heardNanos = nanoTime.getAsLong();
    slot.room = load.room();
    slot.connections = load.connections();
    if (slot.state.live()) {
      handover.reported(slot.number, load);
    }
  }

  /**
   * Asks every worker, now and later, for the listening socket of an earlier master; or no longer.
   */
  public void wantDoor(boolean wanted) {
    wantsDoor = wanted;
    if (wanted) {
      slots.forEach(slot -> slot.control().ifPresent(link -> link.send(new FromMaster.GiveDoor())));
    }
  }

  // ---- handover links

  @Override
  public void greeted(HandoverLink link, UUID instance) {
    Optional<Slot> found =
        find(slot -> slot.holds(instance) && slot.handover().isEmpty())
            .filter(slot -> slot.is(SlotState.LINKING));
    if (found.isEmpty()) {
      link.close();
      return;
    }
    Slot slot = found.get();
    slot.linked(link);
    handover.linked(slot.number, link, slot.room, slot.connections);
  }

  @Override
  public void answered(HandoverLink link, byte[] answers) {
    find(slot -> slot.holds(link))
        .ifPresent(
            slot -> {
              for (byte answer : answers) {
                handover.answered(slot.number, answer);
              }
              handover.answersEnd(slot.number);
            });
  }

  @Override
  public void ended(HandoverLink link) {
    find(slot -> slot.holds(link))
        .ifPresent(
            slot -> {
              if (!slot.is(SlotState.DRAINING)) {
                giveUp(slot, "its handover socket ended");
              }
              proceed(slot);
            });
  }

  @Override
  public void ready(int number) {
    Slot slot = slots.get(number);
    slot.become(SlotState.LIVE, nanoTime.getAsLong());
    log.info("Worker takes connections: slot={}", number);
    announce();
  }

  @Override
  public void misbehaved(int number, String what) {
    giveUp(slots.get(number), what);
  }

  // ---- goodbyes

  private void leave(Slot slot) {
    if (slot.state.live() || slot.is(SlotState.LINKING)) {
      log.info("Worker leaves: slot={}", slot.number);
      slot.become(SlotState.DRAINING, nanoTime.getAsLong());
      announce();
      handover.shut(slot.number);
      if (handover.drained(slot.number)) {
        drained(slot.number);
      }
    }
  }

  @Override
  public void drained(int number) {
    Slot slot = slots.get(number);
    if (slot.is(SlotState.DRAINING)) {
      slot.handover().ifPresent(HandoverLink::close);
    }
  }

  /**
   * Takes the worker off the roster; its unanswered connections wait for the proof of its death.
   */
  private void giveUp(Slot slot, String why) {
    if (slot.is(SlotState.DYING) || slot.is(SlotState.VACANT)) {
      return;
    }
    if (slot.is(SlotState.DRAINING)) {
      log.info("Worker gone: slot={}", slot.number);
    } else if (!stopping) {
      log.warn("Worker given up: slot={} reason=\"{}\"", slot.number, why);
    }
    slot.become(SlotState.DYING, nanoTime.getAsLong());
    handover.shut(slot.number);
    slot.control().ifPresent(ControlLink::close);
    Optional<ProcessIdentity> process = slot.process();
    if (process.isPresent()) {
      awaitDeath(slot, process.get());
    } else {
      lose(slot);
    }
    announce();
  }

  private void awaitDeath(Slot slot, ProcessIdentity process) {
    processes.awaitDeath(
        process,
        slot.managed,
        () -> {
          if (slot.holds(process)) {
            slot.processDied();
            proceed(slot);
          }
        });
    if (!slot.managed) {
      loop.schedule(
          () -> {
            if (slot.is(SlotState.DYING) && slot.holds(process)) {
              lose(slot);
            }
          },
          PROOF.toMillis(),
          TimeUnit.MILLISECONDS);
    }
  }

  private void proceed(Slot slot) {
    if (slot.is(SlotState.DYING) && slot.silent()) {
      handover.buried(slot.number);
      processes.forget(slot.number);
      respawn(slot);
    }
  }

  private void lose(Slot slot) {
    log.warn("Worker's death is not proved, its unanswered connections end: slot={}", slot.number);
    handover.lost(slot.number);
    respawn(slot);
  }

  // ---- time

  /** Looks for workers that hang or do not come. Called a few times a second. */
  public void tick(long now) {
    handover.tick(now);
    for (Slot slot : slots) {
      switch (slot.state) {
        case STARTING -> checkStart(slot, now);
        case LINKING -> checkLink(slot, now);
        case LIVE, STALLED -> checkLife(slot, now);
        case DRAINING -> checkDrain(slot, now);
        case VACANT, DYING -> {}
      }
    }
  }

  private void checkStart(Slot slot, long now) {
    Duration limit = slot.returning() ? settings.returnWithin() : settings.startWithin();
    if (slot.process().isPresent() && slot.age(now).compareTo(limit) > 0) {
      giveUp(slot, "it did not register");
    }
  }

  private void checkLink(Slot slot, long now) {
    if (handover.door().isEmpty()) {
      slot.become(SlotState.LINKING, now);
    } else if (slot.age(now).compareTo(settings.startWithin()) > 0) {
      giveUp(slot, "it did not take its copy of the door");
    } else if (slot.handover().isPresent()) {
      handover.retryDoor(slot.number);
    }
  }

  private void checkLife(Slot slot, long now) {
    long limit = settings.hungAfter().toNanos();
    if (now - slot.heardNanos > limit || handover.oldestNanos(slot.number, now) > limit) {
      giveUp(slot, "it hangs");
      return;
    }
    SlotState seen = handover.stalled(slot.number) ? SlotState.STALLED : SlotState.LIVE;
    if (!slot.is(seen)) {
      slot.state = seen;
      announce();
    }
  }

  private void checkDrain(Slot slot, long now) {
    boolean answered = handover.drained(slot.number);
    Duration limit = answered ? settings.drainWithin().plus(DRAIN_LINK) : DRAIN_LINK;
    if (slot.age(now).compareTo(limit) > 0) {
      giveUp(slot, "it did not finish in time");
    }
  }

  /** Counts the time in which this process itself stood still out of every deadline. */
  public void forgive(long now) {
    handover.forgive(now);
    for (Slot slot : slots) {
      slot.heardNanos = now;
    }
  }

  /** Tells every worker how the door is. */
  public void announce() {
    ByteBuffer frame = ControlCodec.encode(report());
    slots.forEach(slot -> slot.control().ifPresent(link -> link.sendIfRead(frame)));
  }

  /** What the door did, and who works here. */
  public FromMaster.Roster report() {
    DoorCounters counters = handover.counters();
    List<SlotReport> reports = slots.stream().map(this::report).toList();
    return new FromMaster.Roster(counters, reports);
  }

  private SlotReport report(Slot slot) {
    long pid = slot.process().map(ProcessIdentity::pid).orElse(0L);
    boolean live = slot.state.live();
    int connections = live ? handover.load(slot.number) : slot.connections;
    long adopted = handover.adopted(slot.number);
    return new SlotReport(slot.number, pid, slot.state, connections, adopted, slot.restarts);
  }

  // ---- stopping

  /** Keeps things as they are: nobody is started or registered any more. */
  public void freeze() {
    stopping = true;
  }

  /**
   * Tells everybody that the door is closed, and managed workers to finish and exit.
   *
   * @param done called once no managed process is left
   */
  public void drain(Runnable done) {
    stopping = true;
    whenEmpty = done;
    long now = nanoTime.getAsLong();
    for (Slot slot : slots) {
      slot.control().ifPresent(link -> link.send(new FromMaster.DoorClosed()));
      if (!slot.managed || slot.is(SlotState.VACANT) || slot.is(SlotState.DYING)) {
        continue;
      }
      if (slot.is(SlotState.STARTING) && slot.process().isEmpty()) {
        continue; // started() finds that the master stops
      }
      if (slot.control().isPresent()) {
        var order = new FromMaster.Drain(settings.drainWithin().toMillis());
        slot.control().ifPresent(link -> link.send(order));
        slot.become(SlotState.DRAINING, now);
        handover.shut(slot.number);
        if (handover.drained(slot.number)) {
          drained(slot.number);
        }
      } else {
        giveUp(slot, "the master stops");
      }
    }
    tellIfEmpty();
  }

  /** Kills what is left of the managed workers. */
  public void killAll() {
    slots.stream().filter(slot -> slot.managed).forEach(slot -> giveUp(slot, "the master stops"));
  }

  private void tellIfEmpty() {
    boolean empty =
        slots.stream().filter(slot -> slot.managed).allMatch(slot -> slot.is(SlotState.VACANT));
    if (empty && whenEmpty != null) {
      Runnable done = whenEmpty;
      whenEmpty = null;
      done.run();
    }
  }
}
