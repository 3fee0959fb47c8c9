// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.cli;

import io.perfload.common.Version;
import io.perfload.common.config.BadSettings;
import io.perfload.common.config.Layer;
import io.perfload.common.config.Setting;
import io.perfload.common.config.Settings;
import io.perfload.common.config.Text;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * A program with settings: every one of them is an option, a key of the file given with {@code
 * --config} and a variable of the environment. {@code --help} and {@code --version} are there too.
 */
public final class Program {
  /** Exit codes that scripts hold on to. */
  public static final int OK = 0;

  public static final int FAILED = 1;
  public static final int WRONG_USAGE = 2;
  public static final int BAD_CONFIGURATION = 78;

  private static final String CONFIG = "--config";

  private final String name;
  private final List<Setting<?>> settings;
  private final List<Setting<?>> offered;
  private final CommandSpec spec;

  /**
   * Describes a program.
   *
   * @param name as people type it, such as {@code perfload agent}
   * @param description one sentence
   */
  public Program(String name, String description, List<Setting<?>> settings) {
    this(name, description, settings, settings);
  }

  /**
   * Describes a program that shares its settings with a bigger one.
   *
   * @param offered those that are options; file and environment may have the others too
   */
  public Program(
      String name, String description, List<Setting<?>> settings, List<Setting<?>> offered) {
    this.name = name;
    this.settings = List.copyOf(settings);
    this.offered = List.copyOf(offered);
    this.spec = spec(name, description, this.offered);
  }

  /**
   * Runs {@code start} with the settings read from {@code args} and everything below them. Any
   * thread.
   */
  public int run(String[] args, Start start) {
    return runWithFile(args, (settings, file) -> start.start(settings));
  }

  /** The same for a program that hands the file of {@code --config} on to others. */
  public int runWithFile(String[] args, StartWithFile start) {
    return run(args, System.getenv(), System.out, System.err, start);
  }

  int run(
      String[] args,
      Map<String, String> environment,
      PrintStream out,
      PrintStream err,
      StartWithFile start) {
    var commandLine = new CommandLine(spec);
    ParseResult parsed;
    try {
      parsed = commandLine.parseArgs(args);
    } catch (ParameterException e) {
      err.println(e.getMessage());
      err.println("Try '" + name + " --help'.");
      return WRONG_USAGE;
    }
    if (parsed.isUsageHelpRequested()) {
      commandLine.usage(out);
      return OK;
    }
    if (parsed.isVersionHelpRequested()) {
      commandLine.printVersionHelp(out);
      return OK;
    }
    Settings read;
    try {
      read = Settings.read(settings, layers(parsed, environment));
    } catch (BadSettings e) {
      err.println(e.getMessage());
      return BAD_CONFIGURATION;
    }
    return start.start(read, configFile(parsed).map(Path::toAbsolutePath));
  }

  private static Optional<Path> configFile(ParseResult parsed) {
    return Optional.ofNullable(parsed.matchedOptionValue(CONFIG, null));
  }

  private List<Layer> layers(ParseResult parsed, Map<String, String> environment)
      throws BadSettings {
    List<Layer> layers = new ArrayList<>();
    Optional<Path> file = configFile(parsed);
    if (file.isPresent()) {
      layers.add(ConfigFile.read(file.get()));
    }
    layers.add(Layer.environment(environment, settings));
    layers.add(commandLine(parsed));
    return layers;
  }

  private Layer commandLine(ParseResult parsed) {
    Map<String, List<String>> values = new HashMap<>();
    Map<String, String> names = new HashMap<>();
    for (Setting<?> setting : offered) {
      if (parsed.hasMatchedOption(setting.option())) {
        values.put(setting.key(), parsed.matchedOption(setting.option()).originalStringValues());
        names.put(setting.key(), setting.option());
      }
    }
    return new Layer("the command line", values, names);
  }

  private static CommandSpec spec(String name, String description, List<Setting<?>> settings) {
    CommandSpec spec = CommandSpec.create().name(name).version("perfload " + Version.current());
    spec.usageMessage().description(description).sortOptions(false).width(100);
    settings.forEach(setting -> spec.addOption(option(setting)));
    spec.addOption(
        OptionSpec.builder(CONFIG)
            .paramLabel("FILE")
            .type(Path.class)
            .description("A YAML file with settings; the environment and options win over it.")
            .build());
    spec.addOption(
        OptionSpec.builder("-h", "--help").usageHelp(true).description("Shows this.").build());
    spec.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Shows the version.")
            .build());
    return spec;
  }

  private static OptionSpec option(Setting<?> setting) {
    OptionSpec.Builder option = OptionSpec.builder(setting.option()).description(describe(setting));
    if (setting.isFlag()) {
      return option.arity("0..1").fallbackValue("true").type(String.class).build();
    }
    option.paramLabel(label(setting)).arity("1");
    return setting.isRepeatable()
        ? option.type(List.class).auxiliaryTypes(String.class).build()
        : option.type(String.class).build();
  }

  private static String describe(Setting<?> setting) {
    String byDefault =
        setting.isFlag() || setting.isSecret()
            ? ""
            : setting.byDefault().map(Text::of).filter(text -> !text.isEmpty()).orElse("");
    String text = byDefault.isEmpty() ? "" : " Default: " + byDefault + ".";
    return (setting.description() + text).replace("%", "%%");
  }

  private static String label(Setting<?> setting) {
    String option = setting.option();
    return option.substring(option.lastIndexOf('-') + 1).toUpperCase(Locale.ROOT);
  }

  /** What a program does with its settings. */
  @FunctionalInterface
  public interface Start {
    /** Returns the exit code. */
    int start(Settings settings);
  }

  /** What a program does with its settings and the file that some came from. */
  @FunctionalInterface
  public interface StartWithFile {
    /**
     * Returns the exit code.
     *
     * @param file absolute, if one was given
     */
    int start(Settings settings, Optional<Path> file);
  }
}
