// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.bench.micro;

import io.perfload.cli.Program;
import io.perfload.common.config.Setting;
import io.perfload.common.config.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** {@code perfload bench micro}. */
public final class MicroCommand {
  private static final String ALL = Pattern.quote(MicroCommand.class.getPackageName()) + ".*";

  private static final Setting<String> ONLY =
      Setting.text("bench.only", "Part of a name: only what has it.", ".");
  private static final Setting<Integer> FORKS =
      Setting.integer("bench.forks", "Fresh Java processes each is run in.", 2, 1, 20);
  private static final Setting<Integer> ROUNDS =
      Setting.integer("bench.rounds", "Iterations in each.", 5, 1, 100);
  private static final Setting<Integer> WARM_UPS =
      Setting.integer("bench.warm-ups", "Iterations before those, thrown away.", 3, 0, 100);
  private static final Setting<Integer> SECONDS =
      Setting.integer("bench.seconds", "Seconds of an iteration.", 1, 1, 60);
  private static final Setting<Optional<Path>> JSON =
      Setting.path("bench.json", "Where to write the result as JSON.", Path.of("micro.json"))
          .optional();

  private MicroCommand() {}

  /** Runs the command and returns its exit code. */
  public static int run(String[] args) {
    var program =
        new Program(
            "perfload bench micro",
            "Times the route, the chunk and the sample, with JMH.",
            List.of(ONLY, FORKS, ROUNDS, WARM_UPS, SECONDS, JSON));
    return program.run(args, MicroCommand::run);
  }

  private static int run(Settings settings) {
    TimeValue seconds = TimeValue.seconds(settings.get(SECONDS));
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(ALL + settings.get(ONLY))
            .forks(settings.get(FORKS))
            .warmupIterations(settings.get(WARM_UPS))
            .warmupTime(seconds)
            .measurementIterations(settings.get(ROUNDS))
            .measurementTime(seconds)
            .shouldFailOnError(true);
    settings
        .get(JSON)
        .ifPresent(file -> options.resultFormat(ResultFormatType.JSON).result(file.toString()));
    try {
      new Runner(options.build()).run();
      return Program.OK;
    } catch (RunnerException e) {
      System.err.println("perfload bench micro: " + e.getMessage());
      return Program.FAILED;
    }
  }
}
