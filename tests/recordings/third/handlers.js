// Keeps objects in a file, as a GitLab would, and notes beside it which of its processes was asked for what, in order.
"use strict";
const fs = require("fs");
const FILE = process.env.WORLD_FILE;
const world = () => (fs.existsSync(FILE) ? JSON.parse(fs.readFileSync(FILE, "utf8")) : { made: {}, hooks: {} });
const save = (w) => fs.writeFileSync(FILE, JSON.stringify(w));
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const numberOf = (id) => id.split("/").pop();
const keysOf = (olds, news) => [...new Set([...Object.keys(olds), ...Object.keys(news)])].filter((key) => !["__provider", "hookId"].includes(key));
let token;
const note = (what) => fs.appendFileSync(`${FILE}.calls`, `${process.pid} ${process.argv[2]} ${token} ${what}\n`);
const notIfTold = (url) => { if (url === "http://refused") throw Object.assign(new Error("refused"), { name: "", stack: "" }); };
exports.handler = () => ({
  configure: ({ config }) => { token = config.get("gitlab:token"); },
  async check(olds, news) { note(`check ${news.url} ${Object.keys(olds).length > 0 ? "with" : "without"} olds`); return { inputs: news, failures: [] }; },
  async diff(id, olds, news) {
    note(`diff ${id}`);
    const changed = keysOf(olds, news).filter((key) => JSON.stringify(olds[key]) !== JSON.stringify(news[key]));
    return { changes: changed.length > 0, replaces: changed.filter((key) => key === "project" && news[key] !== UNKNOWN) };
  },
  async create(inputs) {
    note(`create ${inputs.url}`);
    notIfTold(inputs.url);
    if (inputs.url === "http://slow") await sleep(60000);
    if (inputs.url === "http://pause") await sleep(3000);
    const w = world(), name = inputs.url.slice("http://".length).replaceAll("/", ".");
    const hookId = `${name}-${(w.made[name] = (w.made[name] ?? 0) + 1)}`;
    const { __provider, ...shown } = inputs;
    w.hooks[hookId] = shown;
    save(w);
    return { id: `projects/${inputs.project}/hooks/${hookId}`, outs: { ...inputs, hookId } };
  },
  async update(id, olds, news) { note(`update ${id}`); const w = world(), { __provider, ...shown } = news; w.hooks[numberOf(id)] = shown; save(w); return { outs: { ...news, hookId: olds.hookId } }; },
  async delete(id) { note(`delete ${id}`); const w = world(); delete w.hooks[numberOf(id)]; save(w); },
});
