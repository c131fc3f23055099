// Typed documents for every scene, from the schema as it is checked in; client.sh lays both beside this file.
export default {
  schema: "schema.graphql",
  documents: "operations/*.graphql",
  generates: {
    "generated/": {
      preset: "client",
      presetConfig: { fragmentMasking: false },
      config: {
        // A scalar that nobody named here would become `any`: that fails instead.
        strictScalars: true,
        // All of them are text, also amounts: no reader puts money into a float.
        scalars: { Date: "string", Decimal: "string", Instant: "string" },
        enumsAsTypes: true,
        immutableTypes: true,
        useTypeImports: true,
      },
    },
  },
};
