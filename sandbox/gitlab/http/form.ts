type Tree = Record<string, unknown>;

/**
 * Parses a query string or a form body with the bracket notation of Rack:
 * `a[]=1` is a list, `a[b]=1` a map, `a[][b]=1` a list of maps.
 */
export function parseForm(text: string): Tree {
  const result: Tree = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const head = /^[^[]+/.exec(name)?.[0];
    if (head === undefined) continue;
    const steps = [...name.slice(head.length).matchAll(/\[([^\]]*)\]/g)].map((match) => match[1] ?? "");
    put(result, head, steps, value);
  }
  return result;
}

function put(tree: Tree, name: string, steps: readonly string[], value: string): void {
  const [step, ...rest] = steps;
  if (step === undefined) {
    tree[name] = value;
  } else if (step !== "") {
    const branch = isTree(tree[name]) ? tree[name] : {};
    tree[name] = branch;
    put(branch, step, rest, value);
  } else {
    const list: unknown[] = Array.isArray(tree[name]) ? tree[name] : [];
    tree[name] = list;
    append(list, rest, value);
  }
}

function append(list: unknown[], steps: readonly string[], value: string): void {
  const [key, ...rest] = steps;
  if (key === undefined) {
    list.push(value);
    return;
  }
  const last = list.at(-1);
  // A key that the last map already has begins the next map.
  const target = isTree(last) && !Object.hasOwn(last, key) ? last : {};
  if (target !== last) list.push(target);
  put(target, key, rest, value);
}

function isTree(value: unknown): value is Tree {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
