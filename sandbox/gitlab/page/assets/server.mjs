// What the page asks its server. All addresses are relative, so that a sandbox with a relative root works too.
const data = "-/sandbox/page/data/";

/** @typedef {import("../tree").TreeView} TreeView */
/** @typedef {import("../view").PlaceView} PlaceView */
/** @typedef {import("../deliveries").DeliveryView} DeliveryView */
/** @typedef {import("../history").SeenRequest} SeenRequest */

/**
 * Reads something. Rejects with the server's reason when there is none.
 *
 * @param {string} path below the data
 * @returns {Promise<unknown>}
 */
async function read(path) {
  const response = await fetch(data + path);
  if (!response.ok) throw new Error(await reasonOf(response));
  return response.json();
}

/**
 * The groups and projects.
 *
 * @param {string} search a part of their paths
 * @returns {Promise<TreeView>}
 */
export async function readTree(search) {
  return /** @type {Promise<TreeView>} */ (read(`tree?search=${encodeURIComponent(search)}`));
}

/**
 * A project or group. Rejects when it is not there.
 *
 * @param {string} key such as `projects/42`
 * @returns {Promise<PlaceView>}
 */
export async function readPlace(key) {
  return /** @type {Promise<PlaceView>} */ (read(key));
}

/**
 * The last deliveries of a hook.
 *
 * @param {string} key of its project or group
 * @param {number} hook its number
 * @returns {Promise<DeliveryView[]>}
 */
export async function readDeliveries(key, hook) {
  return /** @type {Promise<DeliveryView[]>} */ (read(`${key}/hooks/${hook}/deliveries`));
}

/**
 * Changes something by hand. Rejects with the server's reason when that is refused.
 *
 * @param {"PATCH" | "POST" | "DELETE"} method of the request
 * @param {string} path below the data
 * @param {unknown} [body] new values by GitLab's names
 */
export async function change(method, path, body) {
  const sent =
    body === undefined ? {} : { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } };
  const response = await fetch(data + path, { method, ...sent });
  if (!response.ok) throw new Error(await reasonOf(response));
}

/** @param {Response} response a refusal */
async function reasonOf(response) {
  try {
    const { error, message } = await response.json();
    return String(error ?? message);
  } catch {
    return `the sandbox answered with ${response.status}`;
  }
}

/**
 * Listens to what happens until the page is gone. A page that nobody sees listens to nothing: a browser has few
 * connections to one address, and many pages would use them up.
 *
 * @param {{
 *   connected: (requests: SeenRequest[]) => void,
 *   requests: (requests: SeenRequest[]) => void,
 *   changed: () => void,
 *   lost: () => void,
 * }} told what is called when
 */
export function listen(told) {
  /** @type {EventSource | undefined} */
  let source;
  const open = () => {
    source = new EventSource(`${data}events`);
    source.addEventListener("hello", ({ data: text }) => {
      told.connected(JSON.parse(text).requests);
    });
    source.addEventListener("requests", ({ data: text }) => {
      told.requests(JSON.parse(text));
    });
    source.addEventListener("change", told.changed);
    source.addEventListener("error", () => {
      told.lost();
      // A browser that was refused does not try again by itself.
      if (source?.readyState === EventSource.CLOSED) setTimeout(reopen, 2000);
    });
  };
  const reopen = () => {
    source?.close();
    source = undefined;
    if (!document.hidden) open();
  };
  document.addEventListener("visibilitychange", reopen);
  reopen();
}
