// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.adopt;

import static io.perfload.worker.adopt.DoorRig.SOON;
import static io.perfload.worker.adopt.DoorRig.descriptors;
import static io.perfload.worker.adopt.DoorRig.settled;
import static io.perfload.worker.adopt.DoorRig.signal;
import static io.perfload.worker.adopt.DoorRig.slot;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.h2.H2Backend;
import io.perfload.master.Master;
import io.perfload.worker.WorkerMain;
import io.perfload.worker.testing.RedisServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers as they are run, with stores, behind a master. */
class WholeWorkerIT {
  private static final int LIMIT = 256;

  private final Path directory;
  private final MongoServer mongo = new MongoServer(H2Backend.inMemory());
  private RedisServer redis;
  private InetSocketAddress mongoAddress;

  WholeWorkerIT(@TempDir Path directory) {
    this.directory = directory;
  }

  @BeforeEach
  void stores() throws IOException {
    redis = RedisServer.start();
    mongoAddress = mongo.bind();
  }

  @AfterEach
  void noStores() {
    redis.close();
    mongo.shutdownNow();
  }

  @Test
  void aWorkerWith256DescriptorsTakesWhatItCanAndTheOthersNoticeNothing() throws Exception {
    try (var rig = new DoorRig(directory)) {
      Master master = rig.master(0);
      int port = master.address().getPort();
      Process small = worker(rig, List.of("bash", "-c", "ulimit -n 256; exec \"$@\"", "limited"));
      DoorRig.awaitLive(master, 1);
      Process large = worker(rig, List.of());
      DoorRig.awaitLive(master, 2);
      List<Browser> before = browsers(port, 40, 1_000);

      // one address: bounded load gives each worker half, until the small one is full
      List<Browser> crowd = browsers(port, 500, 0);

      assertThat(crowd).extracting(browser -> browser.pid).contains(small.pid(), large.pid());
      assertThat(descriptors(small.pid())).isLessThan(LIMIT);
      assertThat(slot(master, 0).connections()).isBetween(20, LIMIT);
      for (Browser browser : before) {
        assertThat(browser.ask()).isEqualTo(browser.pid);
      }
      for (Browser browser : crowd) {
        assertThat(browser.ask()).isEqualTo(browser.pid);
      }
      assertThat(settled(master).counters().refused()).isZero();
      assertThat(rig.workerLog(small)).doesNotContain("Too many open files", "ERROR");

      close(before);
      close(crowd);
      await().atMost(SOON).until(() -> slot(master, 0).connections() == 0);
      assertThat(browsers(port, 40, 2_000)).extracting(one -> one.pid).contains(small.pid());
      assertThat(DoorRig.live(master)).hasSize(2);
    }
  }

  @Test
  void aWorkerThatIsTerminatedUnderLoadAnswersAllItTookAndSaysWhatItLeft() throws Exception {
    try (var rig = new DoorRig(directory)) {
      Master master = rig.master(0);
      int port = master.address().getPort();
      Process ends = worker(rig, List.of());
      DoorRig.awaitLive(master, 1);
      Process stays = worker(rig, List.of());
      DoorRig.awaitLive(master, 2);
      List<Browser> idle = browsers(port, 40, 1_000);
      var stop = new AtomicBoolean();
      var asked = new AtomicInteger();
      Queue<String> failures = new ConcurrentLinkedQueue<>();
      List<Thread> load = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        load.add(new Thread(() -> load(port, stop, asked, failures), "load-" + i));
      }
      load.forEach(Thread::start);
      awaitMore(asked, 100);

      signal("TERM", ends.pid());

      assertThat(ends.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
      awaitMore(asked, 100);
      stop.set(true);
      for (Thread thread : load) {
        thread.join();
      }
      assertThat(failures).isEmpty();
      assertThat(ends.exitValue()).isZero();
      assertThat(rig.workerLog(ends)).contains("Worker stopped: connections=0 chunks=0");
      for (Browser browser : idle) {
        if (browser.pid == stays.pid()) {
          assertThat(browser.ask()).isEqualTo(stays.pid());
        }
      }
      assertThat(idle).extracting(browser -> browser.pid).contains(ends.pid(), stays.pid());
      close(idle);
    }
  }

  private static void load(
      int port, AtomicBoolean stop, AtomicInteger asked, Queue<String> failures) {
    while (!stop.get()) {
      try (Browser browser = new Browser(port, Client.address(asked.get()))) {
        browser.ask();
        asked.incrementAndGet();
      } catch (IOException e) {
        failures.add(e.toString());
      }
    }
  }

  private static void awaitMore(AtomicInteger count, int more) {
    int wanted = count.get() + more;
    await().atMost(SOON).until(() -> count.get() >= wanted);
  }

  private Process worker(DoorRig rig, List<String> prefix) throws IOException {
    List<String> line = new ArrayList<>(prefix);
    // each program prints what it prints in production, not what tests want to see
    line.addAll(List.of("env", "JDK_JAVA_OPTIONS=-Dlogback.configurationFile=logback.xml"));
    return rig.externalWorker(
        line,
        WorkerMain.class,
        List.of(
            "--redis",
            redis.uri().toString(),
            "--mongo",
            "mongodb://127.0.0.1:" + mongoAddress.getPort()));
  }

  /** Opens connections that stay, from many addresses or, if {@code first} is 0, from one. */
  private static List<Browser> browsers(int port, int count, int first) throws IOException {
    List<Browser> browsers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      InetAddress from = first == 0 ? InetAddress.getLoopbackAddress() : Client.address(first + i);
      var browser = new Browser(port, from);
      browser.pid = browser.ask();
      browsers.add(browser);
    }
    return browsers;
  }

  private static void close(List<Browser> browsers) throws IOException {
    for (Browser browser : browsers) {
      browser.close();
    }
  }

  /** One connection over which one asks again and again. */
  private static final class Browser implements AutoCloseable {
    private static final Pattern PID = Pattern.compile("\"pid\":(\\d+)");
    private static final byte[] REQUEST =
        "GET /v1.0/stats HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII);

    private final Socket socket = new Socket();
    long pid;

    Browser(int port, InetAddress from) throws IOException {
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout((int) SOON.toMillis());
    }

    /** Returns the pid of the worker that answers. */
    long ask() throws IOException {
      socket.getOutputStream().write(REQUEST);
      InputStream in = socket.getInputStream();
      var answer = new StringBuilder();
      while (true) {
        int next = in.read();
        if (next < 0) {
          throw new IOException("hung up after: " + answer);
        }
        answer.append((char) next);
        Matcher found = PID.matcher(answer);
        if (next == ',' && found.find()) {
          in.skipNBytes(in.available());
          return Long.parseLong(found.group(1));
        }
        if (answer.length() > 1 << 16) {
          throw new IOException("no pid in: " + answer);
        }
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
