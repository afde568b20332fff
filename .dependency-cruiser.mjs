// Where the arrows of the house may point. Nouns depend on the ones before them:
// party <- order <- warehouse, receivable <- lien <- facility <- epcis <- trace; provenance reads all.
const floors = [
  ["party"],
  ["order"],
  ["warehouse", "receivable"],
  ["lien"],
  ["facility"],
  ["epcis", "document"],
  ["anchor", "trace"],
  ["provenance"],
  ["bundle", "digital-link", "office"],
];
const nouns = floors.flat();
const foundations = [
  "audit",
  "auth",
  "chain",
  "claim",
  "command",
  "config",
  "consent",
  "crash",
  "database",
  "health",
  "http",
  "math",
  "metrics",
  "money",
  "organisation",
  "projection",
  "proof",
  "webhook",
];
const among = (names) => `(${names.join("|")})`;
const backend = (names) => `^backend/src/${among(names)}/`;
const outsideChain = { path: "^(backend/src|web)/", pathNot: "^backend/src/chain/" };

const upwards = floors.flatMap((floor, height) =>
  floor.map((noun) => ({
    name: `${noun}-knows-only-what-is-below`,
    comment: `${noun} may use ${floors.slice(0, height).flat().join(", ") || "no other noun"}.`,
    severity: "error",
    from: { path: backend([noun]) },
    to: {
      path: backend(
        floors
          .slice(height)
          .flat()
          .filter((other) => other !== noun),
      ),
    },
  })),
);

export default {
  forbidden: [
    ...upwards.filter((rule) => rule.to.path !== backend([])),
    {
      name: "no-circles",
      comment: "Modules that need each other are one module, or hide a third.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
    {
      name: "foundations-know-no-noun",
      comment: "What all nouns stand on must not lean on one of them.",
      severity: "error",
      from: { path: backend(foundations) },
      to: { path: backend(nouns) },
    },
    {
      name: "proof-needs-nothing-but-hashes",
      comment: "What anybody can check with runs anywhere: in a server, in a browser, from a file.",
      severity: "error",
      from: { path: "^backend/src/proof/" },
      to: { pathNot: ["^backend/src/proof/", "^node_modules/(@noble/hashes|canonicalize)/"] },
    },
    {
      name: "only-chain-speaks-ethers",
      comment: "backend/src/chain is the only door to ethers and to the generated bindings.",
      severity: "error",
      from: outsideChain,
      to: { path: ["^node_modules/ethers/", "^typechain-types/"] },
    },
    {
      name: "the-running-system-needs-no-workshop",
      comment: "Hardhat, scripts and tests are around the system, not in it.",
      severity: "error",
      from: { path: "^(backend/src|web)/" },
      to: { path: ["^node_modules/(@nomicfoundation|hardhat|mocha|chai)/", "^scripts/", "^test/"] },
    },
    {
      name: "nothing-needs-a-test",
      severity: "error",
      from: { pathNot: "^test/" },
      to: { path: "^test/" },
    },
    {
      name: "the-page-knows-the-interface-only",
      comment:
        "The web page is typed from the OpenAPI document, like anybody's client; what a browser recomputes, it computes as the backend does.",
      severity: "error",
      from: { path: "^web/" },
      to: { path: "^(backend|contracts|artifacts)/", pathNot: "^backend/src/proof/" },
    },
    {
      name: "features-do-not-know-each-other",
      severity: "error",
      from: { path: `^web/src/(features/[^/]+|${nouns.join("|")})/` },
      to: {
        path: `^web/src/(features/[^/]+|${nouns.join("|")})/`,
        pathNot: "^web/src/$1/",
      },
    },
    {
      name: "no-import-into-nowhere",
      severity: "error",
      from: {},
      to: { couldNotResolve: true, pathNot: "^(hardhat|ethers|solc)" },
    },
    {
      name: "no-undeclared-package",
      comment: "A package that only a dependency brings can vanish with it.",
      severity: "error",
      from: { path: "^(backend|web|scripts|test)/" },
      to: { dependencyTypes: ["npm-no-pkg", "npm-unknown"] },
    },
  ],
  options: {
    doNotFollow: { path: ["node_modules", "^typechain-types/"] },
    exclude: { path: ["^web/dist/", "^node_modules/\\.cache/"] },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "types", "default"],
      extensions: [".ts", ".tsx", ".d.ts", ".js", ".mjs", ".json"],
    },
  },
};
