import { BlockList, isIP } from "node:net";

const LOCALHOST = new BlockList();
LOCALHOST.addSubnet("127.0.0.0", 8, "ipv4");
LOCALHOST.addAddress("0.0.0.0", "ipv4");
LOCALHOST.addAddress("::1", "ipv6");

const LOCAL_NETWORK = new BlockList();
for (const [network, prefix] of [
  ["10.0.0.0", 8],
  ["172.16.0.0", 12],
  ["192.168.0.0", 16],
  ["169.254.0.0", 16],
] as const) {
  LOCAL_NETWORK.addSubnet(network, prefix, "ipv4");
}
LOCAL_NETWORK.addSubnet("fc00::", 7, "ipv6");
LOCAL_NETWORK.addSubnet("fe80::", 10, "ipv6");

/**
 * Why GitLab would refuse a URL, undefined when it would not. Names are not resolved: the emulator never leaves
 * the machine.
 */
export function publicUrlProblem(text: string, allowLocalRequests: boolean): string | undefined {
  if (!/^https?:\/\//i.test(text)) return "is blocked: Only allowed schemes are http, https";
  const url = /\s/.test(text) ? undefined : parsed(text);
  if (!url) return "is blocked: URI is invalid";
  return allowLocalRequests ? undefined : localProblem(url.hostname);
}

/** Whether a URL points at this machine. */
export function isLoopback(text: string): boolean {
  const url = parsed(text);
  return url !== undefined && localProblem(url.hostname)?.includes("localhost") === true;
}

/** `URL.canParse` cannot be asked first: compiled, it refuses addresses with a letter like ü (Node 20 and 22). */
function parsed(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

function localProblem(hostname: string): string | undefined {
  const host = hostname.replace(/^\[|\]$/g, "");
  const family = isIP(host) === 6 ? "ipv6" : "ipv4";
  const isAddress = isIP(host) !== 0;
  if (host === "localhost" || host.endsWith(".localhost") || (isAddress && LOCALHOST.check(host, family))) {
    return "is blocked: Requests to localhost are not allowed";
  }
  if (isAddress && LOCAL_NETWORK.check(host, family)) {
    return "is blocked: Requests to the local network are not allowed";
  }
  return undefined;
}
