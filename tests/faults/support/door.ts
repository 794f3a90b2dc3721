import { readFileSync } from "node:fs";
import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import net from "node:net";
import path from "node:path";
import tls from "node:tls";

const certificates = path.resolve(__dirname, "../../unit/client/tls");

/** The authority that signed what a door with TLS shows. */
export const authority = path.join(certificates, "ca.pem");

function contextOf(name: string): tls.SecureContext {
  const text = (ending: string) => readFileSync(path.join(certificates, `${name}.${ending}`));
  return tls.createSecureContext({ cert: text("pem"), key: text("key") });
}

/** Listens on a port of 127.0.0.1, by default a free one; tries again while the port is still taken. */
async function listen(server: net.Server, port = 0): Promise<number> {
  for (;;) {
    try {
      await new Promise<void>((resolve, reject) => {
        server.once("error", reject).listen(port, "127.0.0.1", () => {
          server.off("error", reject);
          resolve();
        });
      });
      return (server.address() as net.AddressInfo).port;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

/** Joins two connections, each of which ends with the other. */
function join(one: net.Socket, other: net.Socket): void {
  for (const [from, to] of [
    [one, other],
    [other, one],
  ] as const) {
    from.on("error", () => to.destroy()).on("close", () => to.destroy());
    from.pipe(to);
  }
}

/** What a door does with a connection besides letting it through. */
export type Trouble = "cut" | "wrong certificate";

/** A TCP relay before a sandbox, with or without TLS, which can be shut and can spoil connections. */
export class Door {
  /** Where it leads. */
  target = new URL("http://127.0.0.1");
  readonly #sockets = new Set<net.Socket>();
  readonly #server: net.Server;
  readonly #troubles = new Set<Trouble>();
  #shut = 0;
  #port = 0;
  #moving: Promise<unknown> = Promise.resolve();

  private constructor(readonly hasTls: boolean) {
    const [right, wrong] = [contextOf("server"), contextOf("client")];
    this.#server = net.createServer((socket) => {
      this.#sockets.add(socket.on("close", () => this.#sockets.delete(socket)).on("error", () => undefined));
      if (this.#troubles.has("cut")) socket.destroy();
      else {
        const secureContext = this.#troubles.has("wrong certificate") ? wrong : right;
        const inner = hasTls ? new tls.TLSSocket(socket, { isServer: true, secureContext }) : socket;
        join(inner, net.connect(Number(this.target.port), this.target.hostname));
      }
    });
  }

  static async open(hasTls: boolean): Promise<Door> {
    const door = new Door(hasTls);
    door.#port = await listen(door.#server);
    return door;
  }

  get url(): string {
    return `${this.hasTls ? "https" : "http"}://127.0.0.1:${this.#port}`;
  }

  /** Ends every connection, so that the next request needs a new one. */
  disconnect(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  /** Refuses connections until every call of this has been taken back by calling what it returned. */
  shut(): () => void {
    this.#shut += 1;
    if (this.#shut === 1) this.#move(() => new Promise((resolve) => this.#server.close(resolve)));
    this.disconnect();
    let isShut = true;
    return () => {
      if (isShut && --this.#shut === 0) this.#move(() => listen(this.#server, this.#port));
      isShut = false;
    };
  }

  /** Spoils every connection until what is returned is called. */
  spoil(trouble: Trouble): () => void {
    this.#troubles.add(trouble);
    this.disconnect();
    return () => this.#troubles.delete(trouble);
  }

  async close(): Promise<void> {
    await this.#moving;
    this.#server.close();
    this.disconnect();
  }

  #move(step: () => Promise<unknown>): void {
    this.#moving = this.#moving.then(step);
  }
}

/** An HTTP proxy that makes tunnels, and can refuse to. */
export class Proxy {
  readonly #sockets = new Set<net.Socket>();
  readonly #server: HttpServer = createHttpServer();
  #refusal: number | undefined;
  #port = 0;

  private constructor() {
    this.#server.on("connect", (request, socket: net.Socket) => {
      this.#sockets.add(socket.on("close", () => this.#sockets.delete(socket)).on("error", () => undefined));
      if (this.#refusal !== undefined) {
        socket.end(`HTTP/1.1 ${this.#refusal} Refused\r\nContent-Length: 0\r\n\r\n`);
        return;
      }
      const { hostname, port } = new URL(`http://${request.url ?? ""}`);
      const onward = net.connect(Number(port), hostname, () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        join(socket, onward);
      });
      onward.on("error", () => socket.destroy());
    });
  }

  static async open(): Promise<Proxy> {
    const proxy = new Proxy();
    proxy.#port = await listen(proxy.#server);
    return proxy;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** Answers every CONNECT with a status until what is returned is called. */
  refuse(status: number): () => void {
    this.#refusal = status;
    for (const socket of this.#sockets) socket.destroy();
    return () => (this.#refusal = undefined);
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}
