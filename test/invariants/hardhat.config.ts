import { fileURLToPath } from "node:url";
import { defineConfig } from "hardhat/config";

export default defineConfig({
  plugins: [],
  solidity: {
    profiles: { default: { version: "0.8.37", path: fileURLToPath(import.meta.resolve("solc/soljson.js")),
     settings: { evmVersion: "cancun", optimizer: { enabled: true, runs: 200 } } } },
  },
  networks: { default: { type: "edr-simulated", chainType: "l1", hardfork: "cancun", allowUnlimitedContractSize: true } },
  paths: { sources: "nothing", tests: { solidity: "test/invariants" }, cache: "cache/properties/cache", artifacts: "cache/properties/artifacts" },
  test: { solidity: {
    fsPermissions: { readWriteFile: ["cache/proto.txt"], dangerouslyReadWriteDirectory: ["cache"] },
    fuzz: { runs: Number(process.env.RUNS ?? 100), dictionaryWeight: 0, includeStorage: false, includePushBytes: false },
    invariant: { runs: Number(process.env.IRUNS ?? 10), depth: Number(process.env.DEPTH ?? 200), failOnRevert: false,
      dictionaryWeight: Number(process.env.DICT ?? 0), includeStorage: false, includePushBytes: false },
  } },
});
