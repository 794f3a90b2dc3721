// The form in which something is changed by hand.
import { byId, element, say } from "./dom.mjs";
import { change } from "./server.mjs";

/** @typedef {import("../view").EditableField} EditableField */

const dialog = /** @type {HTMLDialogElement} */ (byId("editor"));

/**
 * Opens the form. It sends what was changed in it, and nothing else.
 *
 * @param {{ title: string, fields: readonly EditableField[], path: string, done: string }} about what is changed, where
 *   it is sent to, and what is said when it is done
 */
export function edit({ title, fields, path, done }) {
  const inputs = fields.map((field) => ({ field, input: inputOf(field) }));
  const problem = element("p", { class: "problem", role: "alert" });
  const texts = inputs.filter(({ field }) => field.type !== "boolean");
  const flags = inputs.filter(({ field }) => field.type === "boolean");
  const form = /** @type {HTMLFormElement} */ (
    element(
      "form",
      { method: "dialog" },
      element("h2", { id: "editor-title" }, title),
      ...texts.map(textRow),
      flags.length > 0 ? element("div", { class: "flags" }, ...flags.map(flagRow)) : undefined,
      problem,
      element(
        "div",
        { class: "buttons" },
        element("button", { type: "submit", class: "primary" }, "Save"),
        element(
          "button",
          {
            type: "button",
            onclick: () => {
              dialog.close();
            },
          },
          "Cancel",
        ),
      ),
    )
  );
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    send(inputs, path).then(
      (isChanged) => {
        dialog.close();
        say(isChanged ? done : "Nothing was changed.");
      },
      (/** @type {Error} */ { message }) => {
        problem.textContent = `GitLab refuses it: ${message}`;
      },
    );
  });
  dialog.replaceChildren(form);
  dialog.showModal();
}

/**
 * @param {{ field: EditableField, input: HTMLInputElement }[]} inputs the form
 * @param {string} path where it goes
 * @returns {Promise<boolean>} whether there was something to send
 */
async function send(inputs, path) {
  const changed = inputs.flatMap(({ field, input }) => {
    const value = valueOf(field, input);
    const before = field.type === "string" ? (field.value ?? "") : field.value;
    return value === before ? [] : [[field.name, value]];
  });
  if (changed.length === 0) return false;
  await change("PATCH", path, Object.fromEntries(changed));
  return true;
}

/**
 * @param {EditableField} field what it is for
 * @param {HTMLInputElement} input what was typed or ticked
 */
function valueOf({ type, value }, input) {
  if (type === "boolean") return input.checked;
  if (type === "string") return input.value;
  return input.value === "" ? (value === null ? null : 0) : Number(input.value);
}

/**
 * @param {EditableField} field what it is for
 * @returns {HTMLInputElement}
 */
function inputOf({ name, type, value, isMasked }) {
  const id = `field-${name}`;
  const input = /** @type {HTMLInputElement} */ (
    element("input", {
      id,
      type: type === "boolean" ? "checkbox" : type === "integer" ? "number" : "text",
      autocomplete: "off",
      spellcheck: "false",
      placeholder: isMasked ? "not shown; type to replace it" : undefined,
    })
  );
  if (type === "boolean") input.checked = value === true;
  else input.value = value === null ? "" : String(value);
  return input;
}

/** @param {{ field: EditableField, input: HTMLInputElement }} row of the form */
function textRow({ field, input }) {
  return element("div", { class: "field" }, element("label", { for: input.id }, field.name), input);
}

/** @param {{ field: EditableField, input: HTMLInputElement }} row of the form */
function flagRow({ field, input }) {
  return element("label", { for: input.id }, input, field.name);
}
