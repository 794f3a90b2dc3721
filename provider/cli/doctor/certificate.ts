import { readFileSync } from "node:fs";
import tls from "node:tls";
import type { Settings } from "../../config/settings";

/** Milliseconds for the look at a certificate. */
const limit = 3_000;

/**
 * The last moment at which the server's certificate is good.
 *
 * @returns undefined where it cannot be seen from here
 */
export function certificateEnd({ baseUrl, cacertFile }: Settings): Promise<Date | undefined> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve) => {
    const socket = tls.connect({
      host: hostname.replace(/^\[|\]$/g, ""),
      port: Number(port || 443),
      servername: /^[\d.]+$|:/.test(hostname) ? "" : hostname,
      // Nothing is sent over this connection, so that whom it leads to does not matter.
      rejectUnauthorized: false,
      ...(cacertFile === undefined ? {} : { ca: readFileSync(cacertFile) }),
    });
    const end = (date?: Date): void => {
      socket.destroy();
      resolve(date);
    };
    socket.setTimeout(limit, () => {
      end();
    });
    socket.once("error", () => {
      end();
    });
    socket.once("secureConnect", () => {
      const date = new Date(socket.getPeerCertificate().valid_to);
      end(Number.isNaN(date.getTime()) ? undefined : date);
    });
  });
}
