"use strict";

const { deferred } = require("./deferred");

// By its file, which jest.config.js does not map.
module.exports = deferred(() => require("../../node_modules/@npmcli/arborist/lib/index.js"));
