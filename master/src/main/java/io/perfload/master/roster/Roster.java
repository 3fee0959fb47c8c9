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
import java.util.stream.Stream;
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
  private static final String HANGS = "it hangs";
  private static final Duration PROOF = Duration.ofSeconds(1);
  private static final Duration DRAIN_LINK = Succession.GRACE;

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
  private final Heirs heirs = new Heirs();
  private final Succession succession;
  private final RollingRestart restart;
  private final Runnable makeWay;
  private @Nullable ControlLink watcher;
  private boolean filling;
  private boolean stopping;
  private boolean wantsDoor;
  private @Nullable Runnable whenEmpty;

  /**
   * @param makeWay called when the next master asks this one to hand the door on
   */
  public Roster(
      RosterSettings settings,
      WorkerCommand command,
      WorkerProcesses processes,
      EventExecutor loop,
      LongSupplier nanoTime,
      Function<SlotListener, Handover> handover,
      Runnable makeWay) {
    this.settings = settings;
    this.command = command;
    this.processes = processes;
    this.loop = loop;
    this.nanoTime = nanoTime;
    this.handover = handover.apply(this);
    this.makeWay = makeWay;
    succession = new Succession(command, processes, settings, nanoTime, heirs);
    Duration oneSlot = settings.startWithin().multipliedBy(2).plus(settings.drainWithin());
    restart = new RollingRestart(succession::begin, oneSlot.plus(DRAIN_LINK.multipliedBy(2)));
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
            Stream.of(run.nextWorkerPid(number), run.formerWorkerPid(number))
                .flatMap(file -> file.read().stream())
                .filter(process -> !left.equals(Optional.of(process)))
                .forEach(process -> loop.execute(() -> surplus.add(process)));
            processes.forgetNext(number);
            processes.forgetFormer(number);
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
    } else if (slot.successor().isPresent()) {
      succession.inherit(slot);
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
      find(slot -> slot.successor().filter(heir -> heir.holds(link)).isPresent())
          .ifPresent(slot -> succession.abandon(slot, "its new process hung up"));
      if (watcher == link) {
        watcher = null;
      }
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

    @Override
    public Runnable makeWay(FromWorker.MakeWay message) {
      return makeWay;
    }

    @Override
    public Runnable restartWorkers(FromWorker.RestartWorkers message) {
      return () -> Roster.this.restartWorkers(new Watched(link));
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
    } else if (process.filter(this::isSurplus).isPresent()) {
      log.info("Worker is one too many, drained: pid={}", link.pid());
      link.send(new FromMaster.Drain(settings.drainWithin().toMillis()));
    } else if (find(slot -> slot.holds(register.instance())).isPresent()) {
      refuse(link, "registered already");
    } else if (process.filter(known -> isHeir(known, link, register)).isPresent()) {
      log.info("Worker waits for its slot: pid={}", link.pid());
    } else {
      seat(register.lastSlot(), process)
          .ifPresentOrElse(
              slot -> register(slot, link, register, process),
              () -> refuse(link, "no slot is free"));
    }
  }

  /** Whether it has no business here any more: of an earlier master, or without its slot. */
  private boolean isSurplus(ProcessIdentity process) {
    return surplus.remove(process)
        || slots.stream()
            .anyMatch(slot -> slot.predecessor().filter(old -> old.holds(process)).isPresent());
  }

  /** Whether a slot is kept for it that another one has still. */
  private boolean isHeir(ProcessIdentity process, ControlLink link, FromWorker.Register register) {
    Optional<Slot> own =
        find(slot -> slot.successor().filter(heir -> heir.holds(process)).isPresent());
    own.ifPresent(slot -> succession.registered(slot, link, register));
    return own.isPresent();
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
    succession.dismiss(slot);
    announce();
    if (succession.isAwaited(slot)) {
      heirs.registered(slot);
    }
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
    if (!slot.is(SlotState.DRAINING)) {
      return;
    }
    if (!stopping && succession.isAwaited(slot) && slot.control().isPresent()) {
      handover.buried(number);
      succession.swap(slot);
    } else {
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
      awaitDeath(slot, process.get(), why.equals(HANGS));
    } else {
      lose(slot);
    }
    announce();
  }

  private void awaitDeath(Slot slot, ProcessIdentity process, boolean hangs) {
    processes.awaitDeath(
        process,
        slot.managed,
        slot.managed ? WorkerProcesses.FOR_EVER : PROOF,
        () -> {
          if (slot.holds(process)) {
            slot.processDied();
            proceed(slot);
          }
        });
    if (slot.managed) {
      return;
    }
    Runnable unproved =
        () -> {
          if (slot.is(SlotState.DYING) && slot.holds(process)) {
            lose(slot);
          }
        };
    if (hangs) {
      // one that hangs does not die by itself: no use in waiting
      processes.ask(process, lives -> loop.execute(lives ? unproved : () -> {}));
    } else {
      loop.schedule(unproved, PROOF.toMillis(), TimeUnit.MILLISECONDS);
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

  // ---- one after the other

  /** Gives every managed slot a new process, one after the other, while the old ones work. */
  public void restartWorkers(RestartListener listener) {
    if (stopping) {
      listener.ended(Optional.of("the master stops"));
    } else {
      restart.begin(slots.stream().filter(slot -> slot.managed).toList(), listener, now());
    }
  }

  private long now() {
    return nanoTime.getAsLong();
  }

  /** What becomes of slots that get a new process while the old one works. */
  private final class Heirs implements Succession.Events {
    @Override
    public void registered(Slot slot) {
      if (slot.state.live()) {
        slot.become(SlotState.DRAINING, now());
        slot.yielding = true;
        announce();
        handover.shut(slot.number);
        if (handover.drained(slot.number)) {
          drained(slot.number);
        }
      } // else it is on its way out, and what it has will be drained or buried
    }

    @Override
    public void seated(Slot slot, Successor heir, ProcessIdentity process) {
      slot.restarts++;
      slot.expect(process, false);
      slot.become(SlotState.STARTING, now());
      heir.registration()
          .ifPresent(known -> register(slot, known.link(), known.message(), Optional.of(process)));
    }

    @Override
    public void exited(Slot slot, ProcessIdentity process) {
      Roster.this.exited(slot, process);
    }

    @Override
    public void failed(Slot slot, String why) {
      restart.failed(slot, why);
      if (slot.is(SlotState.VACANT)) {
        respawn(slot);
      } else if (slot.yielding && slot.is(SlotState.DRAINING)) {
        slot.become(SlotState.LIVE, now());
        handover.reopen(slot.number);
        announce();
      }
    }

    @Override
    public void gone(Slot slot) {
      if (stopping) {
        tellIfEmpty();
      }
    }
  }

  /** Tells an operator's command how a restart goes on. */
  private final class Watched implements RestartListener {
    private final ControlLink link;

    Watched(ControlLink link) {
      this.link = link;
      watcher = link;
    }

    @Override
    public void replaced(int slot, long oldPid, long newPid) {
      link.send(new FromMaster.Replaced(slot, oldPid, newPid));
    }

    @Override
    public void ended(Optional<String> failure) {
      link.send(new FromMaster.RestartEnded(failure.orElse("")));
      if (watcher == link) {
        watcher = null;
      }
    }
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
      checkSuccessor(slot, now);
    }
    restart.tick(now);
  }

  private void checkSuccessor(Slot slot, long now) {
    boolean late =
        slot.successor().filter(heir -> heir.isLate(now, settings.startWithin())).isPresent();
    if (late) {
      succession.abandon(slot, "its new process did not register");
    }
    succession.tick(slot, now);
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
    long limit = (slot.managed ? settings.hungAfter() : settings.lostAfter()).toNanos();
    if (now - slot.heardNanos > limit || handover.oldestNanos(slot.number, now) > limit) {
      giveUp(slot, HANGS);
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
    if (watcher != null) {
      watcher.sendIfRead(frame);
    }
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
    restart.cancel("the master makes way for the next");
  }

  /**
   * Tells everybody that the door is closed, and managed workers to finish and exit.
   *
   * @param done called once no managed process is left
   */
  public void drain(Runnable done) {
    stopping = true;
    whenEmpty = done;
    restart.cancel("the master stops");
    long now = nanoTime.getAsLong();
    for (Slot slot : slots) {
      succession.abandon(slot, "the master stops");
      succession.dismiss(slot);
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
    slots.forEach(succession::kill);
  }

  private void tellIfEmpty() {
    boolean empty = slots.stream().filter(slot -> slot.managed).allMatch(Slot::isEmpty);
    if (empty && whenEmpty != null) {
      Runnable done = whenEmpty;
      whenEmpty = null;
      done.run();
    }
  }
}
