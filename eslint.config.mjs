import js from "@eslint/js";
import tseslint from "typescript-eslint";

// The folders of provider/, each with those that it may not import: the later ones, and those beside it.
const layers = [
  ["core"],
  ["config"],
  ["secrets"],
  ["client"],
  ["program", "operations"],
  ["resources"],
  ["fleet", "functions"],
  ["handlers"],
  ["conformance"],
  ["cli"],
];
const order = layers.flatMap((folders, layer) =>
  folders.map((folder) => ({
    files: [`provider/${folder}/**/*.ts`],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            {
              regex: `^(\\.\\./)+(index$|(${layers
                .slice(layer)
                .flat()
                .filter((other) => other !== folder)
                .join("|")})(/|$))`,
              message: "The order of the folders is in CONTRIBUTING.md: nothing imports what comes after it.",
            },
          ],
        },
      ],
    },
  })),
);

export default tseslint.config(
  { ignores: ["**/dist/", "**/node_modules/", "tests/recordings/", "site/pages/", "site/.vitepress/cache/"] },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      // Numbers in messages (ids, counts, status codes) read better in a template than through String().
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // An interface keeps its name where editors and errors show the type, which an alias of a computed one does not.
      "@typescript-eslint/no-empty-object-type": ["error", { allowInterfaces: "with-single-extends" }],
      // Once compiled it refuses addresses with a letter like ü, on Node 20 and 22.
      "no-restricted-properties": ["error", { object: "URL", property: "canParse", message: "Use parseUrl()." }],
      "max-lines": ["error", { max: 320, skipBlankLines: true, skipComments: true }],
    },
  },
  ...order,
  {
    // Classes that GitLab has deprecated stay exported for the programs that have them.
    files: ["provider/resources/integration/index.ts"],
    rules: { "@typescript-eslint/no-deprecated": "off" },
  },
  {
    files: ["**/*.mjs"],
    languageOptions: {
      globals: {
        AbortController: "readonly",
        process: "readonly",
        console: "readonly",
        URL: "readonly",
        fetch: "readonly",
        setTimeout: "readonly",
      },
    },
  },
  {
    files: ["sandbox/gitlab/page/assets/*.mjs"],
    languageOptions: {
      globals: {
        addEventListener: "readonly",
        clearTimeout: "readonly",
        document: "readonly",
        EventSource: "readonly",
        HTMLElement: "readonly",
        location: "readonly",
      },
    },
  },
  {
    // What these hand to a browser is run there.
    files: ["site/test/**/*.mjs"],
    languageOptions: { globals: { document: "readonly", getComputedStyle: "readonly", localStorage: "readonly" } },
  },
  {
    files: ["**/*.js"],
    languageOptions: {
      sourceType: "commonjs",
      globals: { process: "readonly", console: "readonly", __dirname: "readonly", require: "readonly" },
    },
  },
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
);
