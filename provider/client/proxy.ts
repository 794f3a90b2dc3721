import { BlockList, isIP } from "node:net";
import { parseUrl } from "../core/parse-url";

/**
 * The proxy for a URL, from `HTTPS_PROXY`, `HTTP_PROXY`, `ALL_PROXY` and `NO_PROXY` in either case, lower case first.
 *
 * `NO_PROXY` takes `*`, names (which cover their subdomains), addresses, address ranges such as `10.0.0.0/8`, each with an optional port.
 *
 * @throws Error when the variable holds no http or https address; its value is not quoted, it may hold a password.
 */
export function proxyFor(target: URL, env: NodeJS.ProcessEnv): URL | undefined {
  const scheme = target.protocol.slice(0, -1);
  const name = [`${scheme}_proxy`, `${scheme}_proxy`.toUpperCase(), "all_proxy", "ALL_PROXY"].find((key) => env[key]);
  const value = name === undefined ? undefined : env[name];
  if (name === undefined || value === undefined || bypassed(target, env.no_proxy ?? env.NO_PROXY ?? "")) {
    return undefined;
  }
  const text = value.includes("://") ? value : `http://${value}`;
  const proxy = parseUrl(text);
  if (!proxy) throw new Error(`the environment variable ${name} is not a valid URL`);
  if (proxy.protocol !== "http:" && proxy.protocol !== "https:") {
    throw new Error(`the environment variable ${name} must be an http:// or https:// address`);
  }
  return proxy;
}

function bypassed(target: URL, list: string): boolean {
  const host = target.hostname.replace(/^\[|\]$/g, "");
  const port = target.port || (target.protocol === "https:" ? "443" : "80");
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => covers(entry, host, port));
}

function covers(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true;
  const parts = /^\[?(.*?)\]?(?::(\d+))?$/.exec(entry);
  const wholeIsAddress = isIP(entry) !== 0;
  const name = wholeIsAddress ? entry : (parts?.[1] ?? entry);
  const onlyPort = wholeIsAddress ? undefined : parts?.[2];
  if (onlyPort !== undefined && onlyPort !== port) return false;
  if (name.includes("/")) return inRange(name, host);
  const domain = name.replace(/^\*?\./, "");
  return host === domain || (isIP(host) === 0 && host.endsWith(`.${domain}`));
}

function inRange(range: string, host: string): boolean {
  const [net = "", prefix = ""] = range.split("/");
  const family = isIP(host) === 6 ? "ipv6" : "ipv4";
  if (isIP(host) === 0 || isIP(net) !== isIP(host) || !/^\d+$/.test(prefix)) return false;
  if (Number(prefix) > (family === "ipv6" ? 128 : 32)) return false;
  const ranges = new BlockList();
  ranges.addSubnet(net, Number(prefix), family);
  return ranges.check(host, family);
}
