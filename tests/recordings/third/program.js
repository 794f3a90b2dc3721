const pulumi = require("@pulumi/pulumi");
const { ProjectHook, Provider } = require("pulumi-gitlab-dynamic");
const hook = (name, url = name, opts = {}, project = "p") => new ProjectHook(name, { project, url: `http://${url}` }, opts);
const first = { deleteBeforeReplace: true };
const failing = (url) => {
  hook("stays");
  const made = [hook("new"), hook("replaced", "replaced", {}, "q"), hook("replaced-first", "replaced-first", first, "q"), hook("changed", "other")];
  const depends = hook("depends", "depends", { dependsOn: [made[1]] });
  hook("failing", url, { dependsOn: [...made, depends] });
};
const steps = {
  start: () => { hook("stays"); hook("old"); hook("replaced"); hook("replaced-first", "replaced-first", first); hook("changed"); },
  failing: () => failing("refused"),
  repaired: () => failing("fine"),
  targets: () => {
    hook("stays", "not-a-target");
    hook("wanted");
    const unwanted = hook("unwanted");
    hook("failing", "fine", {}, "q");
    exports.unwanted = unwanted.hookId;
  },
  needsuntargeted: () => { const unwanted = hook("unwanted"); hook("needy", "needy", { dependsOn: [unwanted] }); },
  plain: () => { hook("stays", "not-a-target"); hook("wanted"); },
  triggers: (trigger = process.env.TRIGGER) => {
    const root = hook("root", "root", { replacementTrigger: trigger });
    const rootFirst = hook("root-first", "root-first", { ...first, replacementTrigger: trigger });
    hook("with", "with", { replaceWith: [root] });
    hook("with-first", "with-first", { ...first, replaceWith: [rootFirst] });
    hook("owned", "owned", { deletedWith: root });
    hook("owned-first", "owned-first", { ...first, deletedWith: rootFirst });
    new ProjectHook("reads", { project: "p", url: pulumi.interpolate`http://reads/${rootFirst.hookId}` });
    hook("retained", "retained", { retainOnDelete: true, replacementTrigger: trigger });
    if (trigger === "1") hook("leaves");
  },
  ends: () => { hook("root"); },
  one: () => { const provider = new Provider("one", "token-of-one"); hook("moved", "moved", { provider }); hook("moved-replaced", "moved-replaced", { provider }); hook("of-default"); },
  two: () => { const provider = new Provider("two", "token-of-two"); hook("moved", "moved", { provider }); hook("moved-replaced", "moved-replaced", { provider }, "q"); hook("of-default", "of-default", { provider }); },
  kept: () => { hook("kept"); hook("leaves"); },
  pause: () => { hook("kept"); const slow = hook("pauses", "pause"); hook("after", "after", { dependsOn: [slow] }); },
  slow: () => { hook("kept"); const slow = hook("slow", "slow"); hook("after", "after", { dependsOn: [slow] }); },
  fast: () => { hook("kept"); const slow = hook("slow", "fast"); hook("after", "after", { dependsOn: [slow] }); },
};
steps[process.env.STEP]();
