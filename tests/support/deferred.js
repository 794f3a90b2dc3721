"use strict";

/** A module that is loaded when something of it is asked for. */
exports.deferred = (load) => {
  let loaded;
  const get = (_target, name) => {
    // An interop wrapper asks this of every module, and would copy all the rest without it.
    if (name === "__esModule") return true;
    loaded ??= load();
    return loaded[name];
  };
  return new Proxy({}, { get });
};
