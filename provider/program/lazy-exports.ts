/**
 * A `require` for lists of exports: it loads a module when one of its exports is asked for, and not when it is listed.
 *
 * What it returns is good for asking for exports by their names, and for nothing else.
 */
export function lazily(load: NodeJS.Require): NodeJS.Require {
  const lazy = (id: string): unknown => {
    let loaded: object | undefined;
    return new Proxy({}, { get: (_, name) => Reflect.get((loaded ??= load(id) as object), name) as unknown });
  };
  return Object.assign(lazy, load);
}
