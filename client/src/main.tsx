// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "./app/app";
import { httpApi } from "./data/api";
import { dialLive } from "./data/browser-wire";
import { systemClock } from "./data/clock";
import { LiveFeed } from "./data/live-feed";
import "./app/fonts.css";
import "./app/theme.css";
import "./app/page.css";

const feed = new LiveFeed({ dial: dialLive, clock: systemClock, random: Math.random });
feed.start();
window.addEventListener("online", () => feed.retryNow());

const root = document.getElementById("root");
if (root !== null) {
  createRoot(root).render(
    <StrictMode>
      <App sources={{ feed, api: httpApi(), clock: systemClock }} />
    </StrictMode>,
  );
}
