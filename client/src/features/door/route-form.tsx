// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { useEffect, useState } from "react";
import type { Api } from "../../data/api";
import { Notice } from "../../ui/notice";
import { routeSentence, type RouteQuestion, toldRoute } from "./model";

/** Which slot an address goes to. */
export function RouteForm({ api }: { api: Api }) {
  const [ip, setIp] = useState("");
  const [question, setQuestion] = useState<RouteQuestion>({ state: "none" });
  const asked = question.state === "asking" ? question.ip : null;
  useEffect(() => {
    if (asked === null) {
      return undefined;
    }
    const asking = new AbortController();
    void api.doorRoute(asked, asking.signal).then((answer) => {
      if (!asking.signal.aborted) {
        setQuestion(toldRoute(answer));
      }
    });
    return () => asking.abort();
  }, [api, asked]);
  return (
    <section className="card" aria-labelledby="route-title">
      <header className="card-head">
        <div>
          <h2 id="route-title">Which slot does an address go to?</h2>
          <p className="muted">The same address finds the same slot as long as the workers stay.</p>
        </div>
      </header>
      <form
        className="route-form"
        onSubmit={(event) => {
          event.preventDefault();
          setQuestion({ state: "asking", ip: ip.trim() });
        }}
      >
        <input
          aria-label="IP address"
          placeholder="192.0.2.7 or 2001:db8::7"
          value={ip}
          maxLength={64}
          autoComplete="off"
          spellCheck={false}
          required
          onChange={(event) => setIp(event.target.value)}
        />
        <button type="submit" className="button" disabled={question.state === "asking"}>
          Find its slot
        </button>
      </form>
      <Outcome question={question} />
    </section>
  );
}

function Outcome({ question }: { question: RouteQuestion }) {
  switch (question.state) {
    case "none":
      return null;
    case "asking":
      return <p className="route-outcome muted">Asking…</p>;
    case "refused":
      return <Notice tone="bad">{question.detail}</Notice>;
    case "answered":
      return (
        <div className="route-outcome" role="status">
          <p>{routeSentence(question.route)}</p>
          <ol className="preference" aria-label="Slots in order of preference">
            {question.route.preference.map((slot) => (
              <li key={slot} data-chosen={slot === question.route.slot}>
                {slot}
              </li>
            ))}
          </ol>
        </div>
      );
  }
}
