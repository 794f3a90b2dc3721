"use strict";
// A provider that keeps nothing: what exists is in the engine's state only. Changing `key` replaces.
const own = (props) =>
  Object.fromEntries(Object.entries(props).filter(([name]) => !["__provider", "out"].includes(name)));
const changed = (olds, news) =>
  [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter(
    (name) => JSON.stringify(olds[name]) !== JSON.stringify(news[name]),
  );
const outs = (inputs) => ({ ...inputs, out: `out of ${inputs.name} ${inputs.key ?? ""}`.trim() });
const idOf = (inputs) => `id-${inputs.name}${inputs.key ? `-${inputs.key}` : ""}`;

// What the engine takes for a secret in an answer.
const secret = (value) => ({ "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", value });
const isMap = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
/** Marks everything under a name that begins with "hidden", at any depth. */
const marked = (props) =>
  Object.fromEntries(
    Object.entries(props).map(([name, value]) => {
      if (name.startsWith("hidden")) return [name, secret(value)];
      return [name, isMap(value) ? marked(value) : value];
    }),
  );

exports.handler = () => ({
  check: async (_olds, news) => ({
    inputs: marked(news),
    failures: news.bad ? [{ property: news.bad === true ? "" : "bad", reason: `name: ${news.name} will not do` }] : [],
  }),
  diff: async (_id, olds, news) => {
    const names = changed(own(olds), own(news));
    return { changes: names.length > 0, replaces: names.filter((name) => name === "key") };
  },
  create: async (inputs) => {
    if (inputs.fail) throw new Error(`no ${inputs.name} today`);
    const more = inputs.reveal ? { revealed: secret(inputs.reveal) } : {};
    return { id: idOf(inputs), outs: { ...outs(inputs), ...more } };
  },
  update: async (_id, _olds, news) => ({ outs: outs(news) }),
  read: async (id, props) => ({ id, props: { ...props, out: `read from ${id}` } }),
  delete: async () => {},
});
