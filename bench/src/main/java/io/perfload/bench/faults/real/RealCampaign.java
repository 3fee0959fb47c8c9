// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.faults.real;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/** Many runs, some at a time, each lane with a stack of its own. One thread a lane. */
final class RealCampaign {
  private static final Duration UP_WITHIN = Duration.ofMinutes(3);
  private static final int RUNS_A_STACK = 15;

  private final CampaignPlan plan;
  private final ConcurrentLinkedQueue<RunPlan> waiting = new ConcurrentLinkedQueue<>();
  private final Set<Stack> open = ConcurrentHashMap.newKeySet();
  private final List<RunResult> results = Collections.synchronizedList(new ArrayList<>());

  RealCampaign(CampaignPlan plan) {
    this.plan = plan;
  }

  /** Runs all; blocks. */
  List<RunResult> run() throws IOException, InterruptedException {
    var atExit = new Thread(() -> open.forEach(Stack::close), "stop-stacks");
    Runtime.getRuntime().addShutdownHook(atExit);
    waiting.addAll(runs());
    List<Thread> lanes = new ArrayList<>();
    List<String> failures = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < plan.lanes(); i++) {
      int number = i;
      Thread lane =
          new Thread(
              () -> {
                try {
                  lane(number);
                } catch (IOException | RuntimeException e) {
                  failures.add("lane " + number + ": " + e);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              },
              "lane-" + i);
      lane.start();
      lanes.add(lane);
    }
    for (Thread lane : lanes) {
      lane.join();
    }
    Runtime.getRuntime().removeShutdownHook(atExit);
    if (!failures.isEmpty()) {
      throw new IOException(String.join("; ", failures));
    }
    return results.stream().sorted(Comparator.comparing(result -> result.plan().number())).toList();
  }

  /** The kinds are dealt like cards, so that each comes as often as any other. */
  List<RunPlan> runs() {
    var random = new Random(plan.seed());
    List<String> deck = new ArrayList<>();
    List<RunPlan> runs = new ArrayList<>();
    for (int number = 0; number < plan.first() + plan.runs(); number++) {
      List<String> kinds = new ArrayList<>();
      for (int i = 0; i < plan.faultsARun(); i++) {
        if (deck.isEmpty()) {
          deck.addAll(plan.kinds());
          Collections.shuffle(deck, random);
        }
        kinds.add(deck.remove(deck.size() - 1));
      }
      if (number >= plan.first()) {
        runs.add(new RunPlan(number, seedOf(number), kinds, plan.longest()));
      }
    }
    return runs;
  }

  /** Neighbours in number have nothing in common. */
  private long seedOf(int number) {
    long mixed = plan.seed() * 31 + number;
    mixed = (mixed ^ (mixed >>> 33)) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ (mixed >>> 33);
  }

  private void lane(int number) throws IOException, InterruptedException {
    try (var loops = new Loops()) {
      Optional<Stack> stack = Optional.empty();
      int used = 0;
      try {
        for (RunPlan run = waiting.poll(); run != null; run = waiting.poll()) {
          if (stack.isEmpty() || used >= RUNS_A_STACK) {
            stack.ifPresent(this::discard);
            stack = Optional.empty();
            stack = Optional.of(stack(number, run, loops));
            used = 0;
          }
          used++;
          if (!run(run, stack.get(), loops)) {
            close(stack.get());
            stack = Optional.empty();
          }
        }
      } finally {
        stack.ifPresent(this::discard);
      }
    }
  }

  private Stack stack(int lane, RunPlan run, Loops loops) throws IOException, InterruptedException {
    Path directory = plan.directory().resolve("lane-" + lane + "-from-" + run.number());
    Stack stack = Stack.start(directory, loops.group, new SplittableRandom(~run.seed()));
    open.add(stack);
    var door = new DoorView(stack.door());
    try {
      Scene.require(UP_WITHIN, "answer at the door", door::isUp);
    } catch (IOException | InterruptedException e) {
      close(stack);
      throw e;
    }
    return stack;
  }

  /** False if the stack is not to be used again; then its files and those of the agents stay. */
  private boolean run(RunPlan run, Stack stack, Loops loops)
      throws IOException, InterruptedException {
    Path directory = stack.directory().resolve("run-" + run.number());
    Files.createDirectories(directory);
    RunResult result = new RealRun(run, stack).run(loops.group, directory);
    results.add(result);
    System.out.println(RealReport.line(result));
    if (!result.isClean()) {
      System.out.println(RealReport.failure(plan, result, stack.directory()));
      return false;
    }
    delete(directory);
    stack.calm();
    return true;
  }

  private void close(Stack stack) {
    stack.close();
    open.remove(stack);
  }

  private void discard(Stack stack) {
    close(stack);
    try {
      delete(stack.directory());
    } catch (IOException e) {
      System.err.println("Left behind: " + stack.directory() + " (" + e.getMessage() + ")");
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** The event loops of a lane's proxies. */
  private static final class Loops implements AutoCloseable {
    private final MultiThreadIoEventLoopGroup group =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    @Override
    public void close() {
      group.shutdownGracefully().awaitUninterruptibly();
    }
  }
}
