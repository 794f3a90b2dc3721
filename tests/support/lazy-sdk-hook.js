"use strict";

// Node's --require. The SDK loads these when it starts, which is half of its start, and uses them only to serialise
// functions: programs of this package have none. They are loaded when they are first used instead.
const Module = require("node:module");

const { deferred } = require("./deferred");

const onFirstUse = new Set(["@npmcli/arborist", "typescript"]);
const load = Module._load;

Module._load = function (request, parent, ...rest) {
  const now = () => load.call(this, request, parent, ...rest);
  const isOfSdk = /[\\/]@pulumi[\\/]pulumi[\\/]/.test(parent?.filename ?? "");
  return isOfSdk && onFirstUse.has(request) ? deferred(now) : now();
};
