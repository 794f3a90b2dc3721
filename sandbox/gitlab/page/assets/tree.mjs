// The groups and projects on the left. Arrow keys go up and down, and open and close groups.
import { byId, counted, element, fill } from "./dom.mjs";

/** @typedef {import("../tree").TreeItem} TreeItem */
/** @typedef {import("../tree").TreeView} TreeView */

const list = byId("items");

/** Groups that somebody has closed. */
const closed = new Set();

/** @type {{ view: TreeView | undefined, chosen: string }} */
const state = { view: undefined, chosen: "" };

/**
 * Shows the tree.
 *
 * @param {TreeView} view what is there
 * @param {string} chosen the key of what is shown beside it
 */
export function showTree(view, chosen) {
  Object.assign(state, { view, chosen });
  const { totals, version, shown, found } = view;
  const all = [
    counted(totals.groups, "group"),
    counted(totals.projects, "project"),
    counted(totals.hooks, "webhook"),
    counted(totals.integrations, "integration"),
  ];
  byId("totals").textContent = `GitLab ${version} on this machine: ${all.join(", ")}`;
  byId("more").textContent = found > shown ? `${counted(found - shown, "more project")}: search for them` : "";
  const items = view.items.map(itemElement);
  fill(list, items.length > 0 ? items : [element("li", { class: "quiet" }, "Nothing has this in its path.")]);
}

/**
 * @param {TreeItem} item a group or project
 * @returns {HTMLElement}
 */
function itemElement(item) {
  const isOpen = !closed.has(item.key);
  const hasChildren = item.children.length > 0;
  return element(
    "li",
    {},
    element(
      "div",
      { class: "item" },
      hasChildren ? toggle(item, isOpen) : element("span", { class: "no-toggle" }),
      linkTo(item),
    ),
    hasChildren && isOpen ? element("ul", {}, ...item.children.map(itemElement)) : undefined,
  );
}

/**
 * @param {TreeItem} item a group
 * @param {boolean} isOpen whether its projects are shown
 */
function toggle({ key, path }, isOpen) {
  return element(
    "button",
    {
      type: "button",
      class: "toggle",
      "aria-expanded": String(isOpen),
      "aria-label": `Projects of ${path}`,
      "data-key": `toggle ${key}`,
      "data-item": key,
      onclick: () => {
        setOpen(key, !isOpen);
      },
    },
    isOpen ? "▾" : "▸",
  );
}

/** @param {TreeItem} item what it leads to */
function linkTo(item) {
  const { key, kind, title, path, archived, marks } = item;
  const name = element("bdi", {}, title);
  if (kind === "user") return element("span", { class: "name" }, name);
  return element(
    "a",
    {
      class: `name ${kind}`,
      href: `#${key}`,
      title: path,
      "data-key": key,
      "aria-current": key === state.chosen ? "true" : undefined,
    },
    name,
    archived ? element("span", { class: "tag" }, "archived") : undefined,
    marks > 0 ? changeDot(item) : undefined,
    countOf(item),
  );
}

/** @param {TreeItem} item something in which a run changed something */
function changeDot({ marks, isMarkedByHand }) {
  const text = `${counted(marks, "change")}${isMarkedByHand ? ", some by hand" : ""}`;
  return element(
    "span",
    { class: isMarkedByHand ? "dot by-hand" : "dot", title: text },
    element("span", { class: "unseen" }, ` ${text}`),
  );
}

/** @param {TreeItem} item what is counted in it */
function countOf({ hooks, integrations, hasPushRule }) {
  const all = hooks + integrations + (hasPushRule ? 1 : 0);
  const parts = [
    ...(hooks > 0 ? [counted(hooks, "webhook")] : []),
    ...(integrations > 0 ? [counted(integrations, "integration")] : []),
    ...(hasPushRule ? ["push rules"] : []),
  ];
  if (all === 0) return undefined;
  return element(
    "span",
    { class: "count", title: parts.join(", ") },
    String(all),
    element("span", { class: "unseen" }, ` set up: ${parts.join(", ")}`),
  );
}

/**
 * @param {string} key a group's
 * @param {boolean} isOpen whether its projects are shown from now on
 */
function setOpen(key, isOpen) {
  if (isOpen) closed.delete(key);
  else closed.add(key);
  if (state.view) showTree(state.view, state.chosen);
}

list.addEventListener("keydown", (event) => {
  const { target, key } = event;
  if (!(target instanceof HTMLElement) || event.altKey || event.ctrlKey || event.metaKey) return;
  const all = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("a")]);
  const row = target.closest(".item");
  const at = all.findIndex((link) => row?.contains(link));
  const button = row?.querySelector("button");
  const isOpen = button?.getAttribute("aria-expanded") === "true";
  /** @type {Record<string, (() => void) | undefined>} */
  const keys = {
    ArrowDown: () => all[Math.min(at + 1, all.length - 1)]?.focus(),
    ArrowUp: () => all[Math.max(at - 1, 0)]?.focus(),
    Home: () => all[0]?.focus(),
    End: () => all.at(-1)?.focus(),
    ArrowRight:
      button && !isOpen
        ? () => {
            button.click();
          }
        : undefined,
    ArrowLeft:
      button && isOpen
        ? () => {
            button.click();
          }
        : () => parentOf(row)?.focus(),
  };
  const act = keys[key];
  if (act === undefined) return;
  event.preventDefault();
  act();
});

/**
 * @param {Element | null | undefined} row of an item
 * @returns {HTMLElement | null | undefined}
 */
function parentOf(row) {
  return row?.parentElement?.parentElement?.parentElement?.querySelector(":scope > .item a");
}
