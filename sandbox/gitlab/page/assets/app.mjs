// Puts the page together: what is chosen stands in the address, and whatever happens on the sandbox is read again.
import { byId } from "./dom.mjs";
import { showRequests, showRuns } from "./log.mjs";
import { showNothing, showPlace } from "./place.mjs";
import { listen, readPlace, readTree } from "./server.mjs";
import { showTree } from "./tree.mjs";

const search = /** @type {HTMLInputElement} */ (byId("search"));
const connection = byId("connection");

/** `projects/42`, as the address has it. */
let chosen = "";

/** @type {Promise<void> | undefined} */
let reading;
let isStale = false;

/** Reads everything again; once more when something happens meanwhile. */
function refresh() {
  isStale = true;
  reading ??= readAll().finally(() => {
    reading = undefined;
  });
}

async function readAll() {
  while (isStale) {
    isStale = false;
    const start = Date.now();
    try {
      const tree = await readTree(search.value);
      chosen = chosenIn(tree);
      showTree(tree, chosen);
      showRuns(tree.runs);
      if (chosen === "") showNothing("Choose a project or a group.");
      else
        await readPlace(chosen).then(showPlace, () => {
          showNothing("It is not there any more.");
        });
    } catch {
      // The connection says that it is lost, and all is read again when it is back.
    }
    // What is large takes the sandbox time that a program is waiting for.
    const pause = Math.min(2000, Date.now() - start);
    if (pause > 100) await new Promise((done) => setTimeout(done, pause));
  }
}

/**
 * What is shown beside the tree: what the address says, else where most was changed, else the first project.
 *
 * @param {import("../tree").TreeView} tree what there is
 */
function chosenIn(tree) {
  const [, key] = /^#((?:projects|groups)\/\d+)$/.exec(location.hash) ?? [];
  if (key !== undefined) return key;
  if (chosen !== "") return chosen;
  const all = flat(tree.items).filter(({ kind }) => kind !== "user");
  const most = all.reduce(
    (best, item) => (item.marks > (best?.marks ?? 0) ? item : best),
    /** @type {typeof all[0] | undefined} */ (undefined),
  );
  return (most ?? all.find(({ kind }) => kind === "project") ?? all[0])?.key ?? "";
}

/**
 * @param {readonly import("../tree").TreeItem[]} items groups and projects
 * @returns {import("../tree").TreeItem[]}
 */
function flat(items) {
  return items.flatMap((item) => [item, ...flat(item.children)]);
}

addEventListener("hashchange", refresh);
search.addEventListener("input", refresh);

listen({
  connected: (requests) => {
    connection.textContent = "live";
    connection.dataset.state = "live";
    showRequests(requests);
    refresh();
  },
  requests: showRequests,
  changed: refresh,
  lost: () => {
    connection.textContent = "The sandbox does not answer. Is it still running?";
    connection.dataset.state = "lost";
  },
});
