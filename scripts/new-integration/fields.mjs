/**
 * The types that a field can have: how the class declares it, and how the sandbox's facts do. `code` and `fact` get
 * the field, `schemas` are the names that the class's file imports.
 */
export const types = {
  text: {
    code: ({ isRequired }) => (isRequired ? "requiredText()" : "text()"),
    fact: (field) => call(field.isRequired ? "required" : "optional", field),
    example: () => '"FILL IN: a value"',
  },
  secret: {
    code: ({ isRequired }) => `secret(${isRequired ? "requiredText()" : "z.string().optional()"})`,
    fact: (field) => (field.isRequired ? call("secret", field) : call("optional", field, "secret: true")),
    example: ({ name }, { slug }) => `config.requireSecret("${camelCase(`${slug}_${name}`)}")`,
  },
  url: {
    code: ({ isRequired }) => `webUrl()${isRequired ? "" : ".optional()"}`,
    fact: (field) => call(field.isRequired ? "required" : "optional", field, "rules: [publicUrl]"),
    example: (_field, { slug }) => `"https://${slug}.acme.example"`,
  },
  flag: {
    code: () => "flag(false)",
    fact: (field) => call("flag", field),
    example: () => "true",
  },
  integer: {
    code: ({ isRequired }) => `z.int()${isRequired ? "" : ".optional()"}`,
    fact: ({ wire, isRequired, isClearing }) =>
      `{ ${[`name: "${wire}", type: "integer"`, isRequired && "required: true", isClearing && "resetsSecrets: true"].filter(Boolean).join(", ")} }`,
    example: () => "1",
  },
};

function call(name, { wire, isClearing }, ...more) {
  const parts = [...(isClearing ? ["resetsSecrets: true"] : []), ...more];
  return parts.length === 0 ? `${name}("${wire}")` : `${name}("${wire}", { ${parts.join(", ")} })`;
}

/** `api_token` is `apiToken`, `squash-tm_token` is `squashTmToken`. */
export function camelCase(name) {
  return name.replace(/[_-]([a-z\d])/gi, (_, letter) => letter.toUpperCase());
}

/** A field as it is given on the command line, `api_token:secret!`, with what is wrong with it. */
export function readField(given) {
  const [, wire, type, required, clears] = /^([a-z][a-z\d_]*):(\w+)(!?)((?:\+clears)?)$/.exec(given) ?? [];
  if (wire === undefined || !Object.hasOwn(types, type))
    return { problem: `${given} is no FIELD: NAME:TYPE, such as api_token:secret!, with a type of the list.` };
  if (type === "flag" && required === "!")
    return { problem: `${given}: a flag always has a value: leave out the "!".` };
  const name = camelCase(wire);
  return { wire, name, type, isRequired: required === "!", isClearing: clears !== "" };
}
