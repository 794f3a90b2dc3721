const typeNames = { text: "string", secret: "string", url: "string", flag: "boolean", integer: "integer" };

/** The list of GitLab's documentation with the integration, as it was stated. */
export function catalogEntry(text, { slug, title, fields }) {
  const catalog = JSON.parse(text);
  const stated = fields.map(({ wire, type, isRequired }) => ({
    name: wire,
    type: typeNames[type],
    required: isRequired,
  }));
  const inheritance = { name: "use_inherited_settings", type: "boolean", required: false };
  const entry = { slug, title, methods: {}, params: [...stated, inheritance], source: "", server_also: [] };
  const integrations = [...catalog.integrations, entry].sort((a, b) => (a.slug < b.slug ? -1 : 1));
  return JSON.stringify({ ...catalog, integrations }, null, 1);
}
