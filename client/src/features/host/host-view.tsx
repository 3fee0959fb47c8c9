// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { type ReactNode, useMemo, useState } from "react";
import { Link, useSearch } from "wouter";
import { navigate } from "wouter/use-browser-location";
import type { Host } from "../../data/host";
import type { Gap } from "../../data/series";
import { Choice } from "../../ui/choice";
import { Notice } from "../../ui/notice";
import { type ChartChoice, measuresFor } from "./chart-plan";
import { Charts } from "./charts";
import { toldGaps } from "./gaps";
import { HostHead } from "./host-head";
import type { HostWatch } from "./host-watch";
import { type HostPage, spoolWarning } from "./model";
import { Mounts } from "./mounts";
import { rangeFrom, ranges } from "./ranges";
import { type HostSources, useHost } from "./use-host";

const firstChoice: ChartChoice = { cpu: "kinds", network: "", disk: "" };

/** One machine: what it is, how it is now, how it was. */
export function HostView({ hostId, sources }: { hostId: string; sources: HostSources }) {
  const range = rangeFrom(new URLSearchParams(useSearch()));
  const [choice, setChoice] = useState(firstChoice);
  const measures = useMemo(() => measuresFor(choice), [choice]);
  const [page, watch] = useHost(sources, hostId, range, measures);
  const nowMs = sources.feed.serverNowMs();
  return (
    <main className="page">
      <Body page={page} watch={watch}>
        {(shown) => (
          <>
            <HostHead host={shown.host} values={shown.values} nowMs={nowMs} />
            {shown.history.state === "failed" && (
              <Notice tone="warn">
                The stored history could not be read; the charts show what comes live. {shown.history.detail}
              </Notice>
            )}
            <SpoolNotice host={shown.host} />
            <Charts watch={watch} values={shown.values} choice={choice} onChoose={setChoice}>
              <Choice
                label="Time range"
                options={ranges}
                chosen={range.value}
                onChoose={(value) => navigate(`?range=${value}`, { replace: true })}
              />
              {shown.history.state === "reading" && <span className="muted">Reading history…</span>}
            </Charts>
            {shown.history.state === "read" && <Gaps gaps={shown.history.gaps} />}
            <Mounts values={shown.values} />
          </>
        )}
      </Body>
    </main>
  );
}

/** The spool of a host that is gone is as it was when it went, and nobody can do anything about it. */
function SpoolNotice({ host }: { host: Host }) {
  const warning = host.spool === null || host.status === "offline" ? null : spoolWarning(host.spool);
  return warning === null ? null : <Notice tone="warn">{warning}</Notice>;
}

/** What is shaded on the charts, in words. */
function Gaps({ gaps }: { gaps: readonly Gap[] }) {
  return gaps.length === 0 ? null : (
    <section className="card gaps" aria-label="Gaps">
      <h2>
        <span className="mark-swatch" aria-hidden="true" /> Gaps
      </h2>
      <ul>
        {toldGaps(gaps).map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
  );
}

function Body({
  page,
  watch,
  children,
}: {
  page: HostPage;
  watch: HostWatch;
  children: (shown: Extract<HostPage, { state: "shown" }>) => ReactNode;
}) {
  switch (page.state) {
    case "waiting":
      return <p className="muted">Asking for the host…</p>;
    case "absent":
      return (
        <section className="card empty">
          <h1>No such host</h1>
          <p>{page.detail}</p>
          <p>
            <Link href="/">See all hosts</Link>
          </p>
        </section>
      );
    case "failed":
      return (
        <section className="card empty">
          <h1>The host could not be shown</h1>
          <p role="alert">{page.detail}</p>
          <button type="button" className="button" onClick={() => watch.askAgain()}>
            Try again
          </button>
        </section>
      );
    case "shown":
      return children(page);
  }
}
