const { availableParallelism } = require("node:os");

const isLong = process.env.LONG_TESTS === "1";
// Those in a browser, which `npm run test:page` runs.
const isPage = process.env.PAGE_TESTS === "1";
const isPulumi = process.env.SCENARIO_ENGINE === "pulumi";

// What changes only with the stand-in engine has its turn in `npm run test:long`, and so have scenarios of which other
// files, those of the contract, the examples and the demo, show the same from another side.
const onlyInLongForm = [
  "/engine/stand-in/(?!recordings)",
  "/engine/import/fleet",
  "/scenarios/(examples/)?(all|quickstart|resetting|two)[-.]",
];

// What the SDK needs only to serialise functions takes longer to load than all the rest of it.
const lazily = {
  "^@npmcli/arborist$": "<rootDir>/tests/support/lazy-arborist.js",
  "/typescript-shim$": "<rootDir>/tests/support/lazy-typescript.js",
};

/** @type {import("jest").Config} */
module.exports = {
  rootDir: __dirname,
  roots: ["<rootDir>/tests"],
  testMatch: ["**/*.test.ts"],
  testEnvironment: "node",
  testSequencer: "<rootDir>/tests/support/slow-first.js",
  transform: { "^.+\\.ts$": ["ts-jest", { tsconfig: "<rootDir>/tests/tsconfig.json" }] },
  testPathIgnorePatterns: [
    "/node_modules/",
    ...(isPage ? [] : ["/tests/page/"]),
    ...(isLong || isPulumi ? [] : onlyInLongForm),
  ],
  moduleNameMapper: isLong ? {} : lazily,
  modulePathIgnorePatterns: ["<rootDir>/dist/", "<rootDir>/tests/recordings/"],
  // Whole programs start real Node processes; on a busy machine one start takes several seconds.
  testTimeout: 120_000,
  // Many tests wait for programs, timers and answers most of the time.
  maxWorkers: Math.ceil(1.5 * availableParallelism()),
};
