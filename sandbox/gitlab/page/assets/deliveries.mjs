// What hooks have sent, read when somebody wants to see it.
import { counted, element, say, timeOf } from "./dom.mjs";
import { readDeliveries } from "./server.mjs";

/** @typedef {import("../view").PlaceView} PlaceView */
/** @typedef {import("../view").HookView} HookView */
/** @typedef {import("../deliveries").DeliveryView} DeliveryView */

/** The last deliveries of the hooks of which somebody wants to see them, by the path of the hook. */
const deliveries = /** @type {Map<string, readonly DeliveryView[]>} */ (new Map());

/**
 * Reads again those that are shown. Returns them, by the path of the hook.
 *
 * @param {PlaceView} place what is about to be shown
 */
export async function refreshDeliveries({ key, hooks }) {
  for (const path of deliveries.keys()) {
    const id = Number(path.slice(path.lastIndexOf("/") + 1));
    if (!path.startsWith(`${key}/`) || !hooks.some((hook) => hook.id === id)) deliveries.delete(path);
    else deliveries.set(path, await readDeliveries(key, id).catch(() => []));
  }
  return [...deliveries];
}

/**
 * Has the deliveries of a hook shown from now on.
 *
 * @param {string} path of the hook
 */
export function openDeliveries(path) {
  deliveries.set(path, deliveries.get(path) ?? []);
}

/**
 * The deliveries of a hook, to be opened.
 *
 * @param {string} path of the hook
 * @param {HookView} hook whose deliveries they are
 */
export function deliveryList(path, { deliveries: count, title, id }) {
  if (count === 0) return undefined;
  const all = deliveries.get(path);
  const details = element(
    "details",
    { "data-details": path, open: all !== undefined },
    element(
      "summary",
      { "data-key": `deliveries ${path}` },
      counted(count, "delivery").replace("deliverys", "deliveries"),
    ),
    element("ol", { class: "deliveries", "aria-label": `Deliveries of ${title}` }, ...(all ?? []).map(deliveryLine)),
  );
  details.addEventListener("toggle", () => {
    const isOpen = /** @type {HTMLDetailsElement} */ (details).open;
    if (!isOpen) deliveries.delete(path);
    if (!isOpen || deliveries.has(path)) return;
    readDeliveries(path.slice(0, path.indexOf("/hooks/")), id).then(
      (read) => {
        deliveries.set(path, read);
        details.querySelector("ol")?.replaceChildren(...read.map(deliveryLine));
      },
      (/** @type {Error} */ { message }) => {
        say(message, "refused");
      },
    );
  });
  return details;
}

/** @param {DeliveryView} delivery what was sent */
function deliveryLine({ at, trigger, status, isSuccess, duration, url, headers, data }) {
  return element(
    "li",
    {},
    timeOf(at),
    " ",
    element("span", { class: isSuccess ? "good" : "bad" }, status),
    ` ${trigger}, ${Math.round(duration * 1000)} ms, to `,
    element("bdi", { class: "url" }, url),
    headers.length > 0 ? element("p", { class: "quiet" }, `Headers: ${headers.join(", ")}`) : undefined,
    element("pre", { tabindex: "0", "aria-label": "What it was about" }, data),
  );
}
