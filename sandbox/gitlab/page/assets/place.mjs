// What is set up in a project or group, with the buttons for what somebody does by hand.
import { deliveryList, openDeliveries, refreshDeliveries } from "./deliveries.mjs";
import { byId, element, fill, say, timeOf } from "./dom.mjs";
import { edit } from "./editor.mjs";
import { change } from "./server.mjs";

/** @typedef {import("../view").PlaceView} PlaceView */
/** @typedef {import("../view").HookView} HookView */
/** @typedef {import("../view").IntegrationView} IntegrationView */
/** @typedef {import("../view").Fact} Fact */
/** @typedef {import("../marks").Mark} Mark */

const section = byId("place");

let shown = "";

/**
 * Shows a project or group.
 *
 * @param {PlaceView} place what is set up there
 */
export async function showPlace(place) {
  const deliveries = await refreshDeliveries(place);
  const state = JSON.stringify([place, deliveries]);
  if (state === shown) return;
  shown = state;
  document.title = `${place.path} · GitLab sandbox`;
  fill(section, [
    ...head(place),
    ...group(
      "Webhooks",
      place.hooks.map((hook) => hookCard(place, hook)),
      "No webhooks.",
    ),
    ...group(
      "Integrations",
      place.integrations.map((one) => integrationCard(place, one)),
      "No integrations.",
    ),
    ...group("Push rules", place.pushRule ? [ruleCard(place, place.pushRule)] : [], "No push rules."),
    ...(place.deleted.length > 0 ? group("Deleted", place.deleted.map(deletedCard), "") : []),
    ...group("Settings", [element("div", { class: "card" }, factList(place.settings))], ""),
  ]);
}

/**
 * Shows a text instead.
 *
 * @param {string} text what to say
 */
export function showNothing(text) {
  shown = "";
  section.replaceChildren(element("p", { class: "quiet" }, text));
}

/** @param {PlaceView} place what is shown */
function head(place) {
  const { kind, name, path, id, archived, isMarkedForDeletion, key, mark } = place;
  const tags = [...(archived ? ["archived"] : []), ...(isMarkedForDeletion ? ["marked for deletion"] : [])];
  const verb = archived ? "unarchive" : "archive";
  return [
    element(
      "div",
      { class: "place-head" },
      element("h2", { id: "place-title" }, element("bdi", {}, path)),
      ...tags.map((tag) => element("span", { class: "tag" }, tag)),
      markOf(mark),
      kind === "project" && !isMarkedForDeletion
        ? button(`${verb} ${key}`, archived ? "Unarchive" : "Archive", path, () =>
            act("POST", `${key}/${verb}`, `${path} is ${archived ? "out of the archive" : "archived"}.`),
          )
        : undefined,
    ),
    element("p", { class: "quiet" }, `${kind === "group" ? "Group" : "Project"} ${id}, `, element("bdi", {}, name)),
  ];
}

/**
 * @param {string} title of the group
 * @param {HTMLElement[]} cards what is in it
 * @param {string} otherwise what is said when nothing is
 */
function group(title, cards, otherwise) {
  return [
    element("h3", {}, title, cards.length > 1 ? element("span", { class: "count" }, String(cards.length)) : undefined),
    ...(cards.length > 0 ? cards : [element("p", { class: "quiet" }, otherwise)]),
  ];
}

/**
 * @param {PlaceView} place where it is
 * @param {HookView} hook what is shown
 */
function hookCard({ key }, hook) {
  const { id, title, url, status, events, facts, fields, mark } = hook;
  const path = `${key}/hooks/${id}`;
  return element(
    "article",
    { class: cardClass(mark), "aria-label": title },
    element(
      "div",
      { class: "card-head" },
      element("h4", {}, element("bdi", {}, title)),
      status === "executable" ? undefined : element("span", { class: "tag bad" }, status.replaceAll("_", " ")),
      markOf(mark),
    ),
    element("p", { class: "url" }, element("bdi", {}, url)),
    eventList(events),
    factList([["hook_id", String(id)], ...facts]),
    element(
      "div",
      { class: "buttons" },
      button(`change ${path}`, "Change", title, () => {
        edit({ title: `Change ${title}`, fields, path, done: `${title} is changed by hand.` });
      }),
      button(`test ${path}`, "Test", title, () => test(path, title)),
      button(`delete ${path}`, "Delete", title, () => act("DELETE", path, `${title} is deleted by hand.`), "danger"),
    ),
    deliveryList(path, hook),
  );
}

/**
 * @param {PlaceView} place where it is
 * @param {IntegrationView} integration what is shown
 */
function integrationCard({ key }, { slug, title, active, inherited, events, facts, fields, mark }) {
  const path = `${key}/integrations/${slug}`;
  return element(
    "article",
    { class: `${cardClass(mark)}${active ? "" : " off"}`, "aria-label": title },
    element(
      "div",
      { class: "card-head" },
      element("h4", {}, title),
      element("span", { class: active ? "tag on" : "tag" }, active ? "on" : "off"),
      inherited ? element("span", { class: "tag" }, "inherited") : undefined,
      markOf(mark),
    ),
    ...(active ? [eventList(events), factList(facts)] : []),
    element(
      "div",
      { class: "buttons" },
      active
        ? button(`change ${path}`, "Change", title, () => {
            edit({ title: `Change ${title}`, fields, path, done: `${title} is changed by hand.` });
          })
        : undefined,
      button(`switch ${path}`, active ? "Switch off" : "Switch on", title, () =>
        act("POST", `${path}/${active ? "off" : "on"}`, `${title} is switched ${active ? "off" : "on"} by hand.`),
      ),
    ),
  );
}

/**
 * @param {PlaceView} place where they are
 * @param {NonNullable<PlaceView["pushRule"]>} rule what is shown
 */
function ruleCard({ key }, { facts, fields, mark }) {
  const path = `${key}/push_rule`;
  return element(
    "article",
    { class: cardClass(mark), "aria-label": "Push rules" },
    mark ? element("div", { class: "card-head" }, markOf(mark)) : undefined,
    factList(facts),
    element(
      "div",
      { class: "buttons" },
      button(`change ${path}`, "Change", "push rules", () => {
        edit({ title: "Change push rules", fields, path, done: "The push rules are changed by hand." });
      }),
      button(
        `delete ${path}`,
        "Delete",
        "push rules",
        () => act("DELETE", path, "The push rules are deleted by hand."),
        "danger",
      ),
    ),
  );
}

/** @param {PlaceView["deleted"][number]} deleted what is there no more */
function deletedCard({ what, mark }) {
  return element(
    "div",
    { class: `${cardClass(mark)} deleted` },
    element("div", { class: "card-head" }, element("h4", {}, element("del", {}, what)), markOf(mark)),
  );
}

/** @param {Mark | undefined} mark whether it was changed lately */
function cardClass(mark) {
  if (mark === undefined) return "card";
  return mark.isByHand ? "card marked by-hand" : "card marked";
}

/** @param {Mark | undefined} mark whether it was changed lately */
function markOf(mark) {
  if (mark === undefined) return undefined;
  const { what, by, isByHand, at } = mark;
  return element(
    "span",
    { class: isByHand ? "mark by-hand" : "mark" },
    `${what} ${isByHand ? "" : "by "}`,
    element("bdi", {}, by),
    " ",
    timeOf(at),
  );
}

/** @param {readonly string[]} events what something is sent for */
function eventList(events) {
  if (events.length === 0) return element("p", { class: "quiet" }, "For no events.");
  return element("ul", { class: "events", "aria-label": "Events" }, ...events.map((event) => element("li", {}, event)));
}

/** @param {readonly Fact[]} facts names with values */
function factList(facts) {
  if (facts.length === 0) return undefined;
  const pairs = facts.flatMap(([name, value]) => [
    element("dt", {}, name),
    element("dd", {}, element("bdi", {}, value)),
  ]);
  return element("dl", {}, ...pairs);
}

/**
 * @param {string} key which button it is, also after the page has changed around it
 * @param {string} text on it
 * @param {string} about what it is about, for those who do not see where it is
 * @param {() => void} click what it does
 * @param {string} [kind] its class
 */
function button(key, text, about, click, kind) {
  return element(
    "button",
    { type: "button", class: kind, "data-key": key, onclick: click },
    text,
    element("span", { class: "unseen" }, ` ${about}`),
  );
}

/**
 * @param {"POST" | "DELETE"} method of the request
 * @param {string} path where it goes
 * @param {string} done what is said when it is done
 */
function act(method, path, done) {
  // What is deleted takes its button with it: the focus must stay somewhere.
  if (method === "DELETE") section.focus({ preventScroll: true });
  change(method, path).then(
    () => {
      say(done);
    },
    (/** @type {Error} */ { message }) => {
      say(`GitLab refuses it: ${message}`, "refused");
    },
  );
}

/**
 * @param {string} path of the hook
 * @param {string} title of the hook
 */
function test(path, title) {
  openDeliveries(path);
  act("POST", `${path}/test/push_events`, `A push event was sent to ${title}.`);
}
