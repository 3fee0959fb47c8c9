// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import type { Dial } from "./live-socket";

/** Dials the live feed of the server this page came from. */
export const dialLive: Dial = (events) => {
  const url = new URL("/api/v1/live", window.location.href);
  url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
  const socket = new WebSocket(url);
  socket.onopen = () => events.opened();
  socket.onclose = () => events.closed();
  socket.onmessage = (event: MessageEvent<unknown>) => {
    if (typeof event.data === "string") {
      events.received(event.data);
    }
  };
  return { send: (frame) => socket.send(frame), close: () => socket.close() };
};
