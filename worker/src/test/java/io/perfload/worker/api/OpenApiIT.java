// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
package io.perfload.worker.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.perfload.common.model.HostId;
import io.perfload.worker.fleet.HostState;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The description and the answers say the same, field by field. */
class OpenApiIT {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private ApiServer server;
  private JsonNode description;
  private HostState host;

  @BeforeEach
  void start() throws Exception {
    server = new ApiServer();
    host = server.fleet.put(FakeFleet.host("alpha", 0.1));
    Object yaml =
        new Load(LoadSettings.builder().build())
            .loadFromString(server.get("/api/openapi.yaml").body());
    description = MAPPER.valueToTree(yaml);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void everyRouteIsDescribedAndEveryDescribedPathIsThere() {
    Set<String> described = new LinkedHashSet<>();
    description.get("paths").fieldNames().forEachRemaining(described::add);

    Set<String> known = new LinkedHashSet<>(server.routes().paths());
    known.add("/");
    known.add(LiveUpgrade.PATH);
    assertThat(described).containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void answersHaveTheFieldsThatAreDescribed() throws Exception {
    HostId id = host.profile().id();
    check("/v1.0/stats", "/v1.0/stats");
    check("/api/v1/hosts", "/api/v1/hosts");
    check("/api/v1/hosts/{id}", "/api/v1/hosts/" + id);
    check("/api/v1/hosts/{id}/series", "/api/v1/hosts/" + id + "/series?measures=cpu.utilization");
    check("/api/v1/measures", "/api/v1/measures");
    check("/api/v1/door", "/api/v1/door");
    check("/api/v1/door/route", "/api/v1/door/route?ip=10.0.0.1");
  }

  @Test
  void mistakesAreTheProblemThatIsDescribed() throws Exception {
    JsonNode problem = MAPPER.readTree(server.get("/api/v1/hosts?order=up").body());

    assertThat(new Schemas(description).faults(named("Problem"), problem)).isEmpty();
  }

  @Test
  void liveMessagesAreAsDescribed() throws Exception {
    var window = new FleetWindow(FleetQuery.of("name", "asc", "", List.of(host)), 0, 10);
    live("LiveFleet", new FleetTick(List.of(host), 1).message(window));
    live("LiveHost", LiveMessages.host(host));
    live(
        "LiveSample",
        LiveMessages.sample(host.profile().id(), FakeFleet.SET, FakeFleet.sample(1_000, 1, 0.5)));
    live("LiveDoor", LiveMessages.door(ApiServer.door(), 1));
    live("LiveError", LiveMessages.error("so it is"));
  }

  private void live(String schema, byte[] message) throws Exception {
    assertThat(new Schemas(description).faults(named(schema), MAPPER.readTree(message))).isEmpty();
  }

  private void check(String path, String request) throws Exception {
    JsonNode schema =
        description
            .get("paths")
            .get(path)
            .at("/get/responses/200/content/application~1json/schema");
    var response = server.get(request);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(new Schemas(description).faults(schema, MAPPER.readTree(response.body())))
        .as(path)
        .isEmpty();
  }

  private JsonNode named(String schema) {
    return description.at("/components/schemas/" + schema);
  }
}
