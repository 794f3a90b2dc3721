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

exports.handler = () => ({
  check: async (_olds, news) => ({
    inputs: news,
    failures: news.bad ? [{ property: news.bad === true ? "" : "bad", reason: `name: ${news.name} will not do` }] : [],
  }),
  diff: async (_id, olds, news) => {
    const names = changed(own(olds), own(news));
    return { changes: names.length > 0, replaces: names.filter((name) => name === "key") };
  },
  create: async (inputs) => {
    if (inputs.fail) throw new Error(`no ${inputs.name} today`);
    return { id: idOf(inputs), outs: outs(inputs) };
  },
  update: async (_id, _olds, news) => ({ outs: outs(news) }),
  read: async (id, props) => ({ id, props: { ...props, out: `read from ${id}` } }),
  delete: async () => {},
});
