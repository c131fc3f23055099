// Everything that @graphql-eslint knows to ask of a schema and of operations. What is not asked is explained
// in docs/API-DESIGN.md, "What the linter is not asked".
import graphql from "@graphql-eslint/eslint-plugin";

const of = (files, ...rules) => ({
  files,
  languageOptions: {
    parser: graphql.parser,
    parserOptions: { graphQLConfig: { schema: "schema.graphql", documents: "operations/*.graphql" } },
  },
  plugins: { "@graphql-eslint": graphql },
  rules: Object.fromEntries(rules.flatMap(Object.entries).map(([name, level]) => [
    name.startsWith("@graphql-eslint/") ? name : `@graphql-eslint/${name}`, level])),
});

export default [
  of(["schema.graphql"], graphql.configs["flat/schema-all"].rules, graphql.configs["flat/schema-relay"].rules, {
    "alphabetize": "off",
    "no-root-type": ["error", { disallow: ["subscription"] }],
    "no-typename-prefix": "off",
    "relay-arguments": ["error", { includeBoth: false }],
    "relay-edge-types": ["error", { withEdgeSuffix: true, shouldImplementNode: false, listTypeCanWrapOnlyEdgeType: false }],
    "require-description": ["error", {
      types: true,
      DirectiveDefinition: true,
      EnumValueDefinition: true,
      FieldDefinition: true,
      InputValueDefinition: true,
      ignoredSelectors: [
        "ObjectTypeDefinition[name.value=/Connection$/]",
        "DirectiveDefinition[name.value=/^(include|skip)$/] > InputValueDefinition",
      ],
    }],
    "require-nullable-result-in-root": "off",
    "strict-id-in-types": "off",
  }),
  of(["operations/*.graphql"], graphql.configs["flat/operations-all"].rules, {
    "alphabetize": "off",
    "lone-executable-definition": "off",
    "match-document-filename": "off",
    "require-selections": "off",
  }),
];
