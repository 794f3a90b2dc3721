"use strict";

/** What tests/unit/imports.test.ts looks for: files that import each other, imports of types included. */
module.exports = {
  forbidden: [{ name: "circle", severity: "error", from: {}, to: { circular: true } }],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    exclude: { path: "(^|/)(dist|node_modules)/" },
  },
};
