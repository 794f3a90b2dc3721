// The requests on the right, the newest first.
import { byId, counted, element, timeOf } from "./dom.mjs";

/** @typedef {import("../history").SeenRequest} SeenRequest */
/** @typedef {import("../tree").RunView} RunView */

const most = 300;
const list = byId("requests");
const onlyChanges = /** @type {HTMLInputElement} */ (byId("only-changes"));

/** @type {Map<number, { request: SeenRequest, line: HTMLElement }>} */
const shown = new Map();
let clearedUpTo = 0;
let newest = 0;

/**
 * Shows requests, or what has become of those that are shown.
 *
 * @param {SeenRequest[]} requests the oldest first
 */
export function showRequests(requests) {
  // A sandbox that was started anew counts from 1 again.
  if (requests.some(({ number, at }) => number < newest && (shown.get(number)?.request.at ?? at) !== at)) forget();
  for (const request of requests.slice(-most)) {
    newest = Math.max(newest, request.number);
    if (request.number <= clearedUpTo) continue;
    const line = lineOf(request);
    const before = shown.get(request.number);
    if (before) before.line.replaceWith(line);
    else list.prepend(line);
    shown.set(request.number, { request, line });
  }
  for (const [number, { line }] of shown) {
    if (shown.size <= most) break;
    line.remove();
    shown.delete(number);
  }
  byId("no-requests").hidden = shown.size > 0;
}

function forget() {
  list.replaceChildren();
  shown.clear();
  clearedUpTo = 0;
  newest = 0;
}

/** @param {SeenRequest} request one that is shown */
function lineOf({ at, method, path, parameters, status, duration, client }) {
  const isRead = method === "GET" || method === "HEAD";
  const brought = parameters.length > 0 && !isRead ? `with ${parameters.join(", ")}` : "";
  const about = [client, ...(brought === "" ? [] : [brought]), ...(duration === null ? [] : [`${duration} ms`])];
  return element(
    "li",
    { class: `line ${isRead ? "read" : "write"}` },
    element("span", { class: "method" }, method),
    element("bdi", { class: "path" }, path.replace(/^\/api\/v4/, "")),
    element("span", { class: `status ${statusClass(status)}` }, statusText(status)),
    element("span", { class: "about" }, timeOf(at), " ", element("bdi", {}, about.join(" · "))),
  );
}

/** @param {number | null} status an HTTP status */
function statusText(status) {
  if (status === null) return "…";
  return status === 0 ? "cut off" : String(status);
}

/** @param {number | null} status an HTTP status */
function statusClass(status) {
  if (status === null) return "";
  return status === 0 || status >= 400 ? "bad" : "good";
}

/**
 * Shows who has changed something lately.
 *
 * @param {readonly RunView[]} runs the oldest first
 */
export function showRuns(runs) {
  const lines = [...runs]
    .reverse()
    .map(({ client, isByHand, at, writes }) =>
      element(
        "li",
        {},
        element("span", { class: isByHand ? "dot by-hand" : "dot", "aria-hidden": "true" }),
        " ",
        element("bdi", {}, isByHand ? "By hand" : client),
        `: ${counted(writes, "change")}, the last at `,
        timeOf(at),
      ),
    );
  byId("runs").replaceChildren(...lines);
}

byId("clear").addEventListener("click", () => {
  clearedUpTo = newest;
  list.replaceChildren();
  shown.clear();
  byId("no-requests").hidden = false;
});

onlyChanges.addEventListener("change", () => {
  list.classList.toggle("only-changes", onlyChanges.checked);
});
