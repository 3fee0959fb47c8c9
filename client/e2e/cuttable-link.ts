// Copyright 2026 The Perfload Authors
// SPDX-License-Identifier: Apache-2.0
import { connect, createServer, type Server, type Socket } from "node:net";

/** A TCP link to a server that can be cut and healed, or hushed: open, but nothing comes through. */
export class CuttableLink {
  readonly #host: string;
  readonly #port: number;
  readonly #sockets = new Set<Socket>();
  #hushed = false;
  #server: Server | null = null;
  #localPort = 0;

  constructor(target: URL) {
    this.#host = target.hostname;
    this.#port = Number(target.port === "" ? "80" : target.port);
  }

  get url(): string {
    return `http://127.0.0.1:${this.#localPort}`;
  }

  /** Listens, on the same port each time. */
  async heal(): Promise<void> {
    const server = createServer((client) => this.#join(client));
    this.#server = server;
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.#localPort, "127.0.0.1", resolve);
    });
    const address = server.address();
    this.#localPort = typeof address === "object" && address !== null ? address.port : this.#localPort;
  }

  /** Breaks every connection and refuses new ones. */
  async cut(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    const closed = new Promise<void>((resolve) =>
      server === null ? resolve() : server.close(() => resolve()),
    );
    this.#sockets.forEach((socket) => socket.resetAndDestroy());
    await closed;
  }

  /** Holds back what the server says, or lets it through again. */
  hush(hushed: boolean): void {
    this.#hushed = hushed;
    this.#sockets.forEach((socket) => (hushed ? socket.pause() : socket.resume()));
  }

  #join(client: Socket): void {
    const server = connect(this.#port, this.#host);
    this.#follow(client, server);
    this.#follow(server, client);
  }

  #follow(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.on("data", (bytes) => {
      if (!to.write(bytes)) {
        from.pause();
        to.once("drain", () => this.#hushed || from.resume());
      }
    });
    from.on("error", () => to.destroy());
    from.on("close", () => {
      this.#sockets.delete(from);
      to.destroy();
    });
    if (this.#hushed) {
      from.pause();
    }
  }
}
