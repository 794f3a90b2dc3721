// Elements out of data. Texts of programs and of GitLab become text and nothing else: there is no way here to markup.

/**
 * Makes an element.
 *
 * @param {string} name its tag
 * @param {Record<string, string | number | boolean | undefined | ((event: Event) => void)>} given attributes, and
 *   listeners by `onclick` and the like; what is `false` or undefined is left out
 * @param {...(Node | string | undefined)} children what is in it
 * @returns {HTMLElement}
 */
export function element(name, given = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (typeof value === "function") made.addEventListener(key.slice("on".length), value);
    else if (value !== undefined && value !== false) made.setAttribute(key, value === true ? "" : String(value));
  }
  made.append(...children.filter((child) => child !== undefined));
  return made;
}

/**
 * An element of index.html.
 *
 * @param {string} id its id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`index.html has no ${id}`);
  return found;
}

/**
 * Puts other children into an element. What had the focus has it again, when something with the same `data-key` is there.
 *
 * @param {HTMLElement} parent where they go
 * @param {(Node | string | undefined)[]} children what goes there
 */
export function fill(parent, children) {
  const focused = document.activeElement;
  const key = focused instanceof HTMLElement && parent.contains(focused) ? focused.dataset.key : undefined;
  const open = [...parent.querySelectorAll("details[open]")].map((details) => keyOf(details));
  parent.replaceChildren(...children.filter((child) => child !== undefined));
  for (const details of parent.querySelectorAll("details")) {
    if (open.includes(keyOf(details))) details.open = true;
  }
  if (key !== undefined) focusKey(parent, key);
}

/**
 * Gives the focus to what has this `data-key`, or to the element itself.
 *
 * @param {HTMLElement} parent where it is
 * @param {string} key its key
 */
export function focusKey(parent, key) {
  const all = /** @type {HTMLElement[]} */ ([...parent.querySelectorAll("[data-key]")]);
  const found = all.find(({ dataset }) => dataset.key === key);
  (found ?? parent).focus({ preventScroll: found === undefined });
}

/** @param {Element} details an element that opens */
function keyOf(details) {
  return details.getAttribute("data-details") ?? "";
}

/**
 * A time of day.
 *
 * @param {string} iso in ISO 8601
 */
export function timeOf(iso) {
  return element("time", { datetime: iso, title: iso }, new Date(iso).toLocaleTimeString([], { hour12: false }));
}

/**
 * `1 hook`, `2 hooks`
 *
 * @param {number} count how many
 * @param {string} noun of what
 */
export function counted(count, noun) {
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

/**
 * Says something to whoever listens, and shows it for a while.
 *
 * @param {string} text what
 * @param {"done" | "refused"} [kind] whether it went well
 */
export function say(text, kind = "done") {
  const said = byId("said");
  said.textContent = text;
  said.dataset.kind = kind;
  said.classList.add("visible");
  clearTimeout(timer);
  timer = setTimeout(() => {
    said.classList.remove("visible");
  }, 6000);
}

/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
