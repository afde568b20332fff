import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import hardhatEthers from "@nomicfoundation/hardhat-ethers";
import hardhatEthersChaiMatchers from "@nomicfoundation/hardhat-ethers-chai-matchers";
import hardhatMocha from "@nomicfoundation/hardhat-mocha";
import hardhatNetworkHelpers from "@nomicfoundation/hardhat-network-helpers";
import hardhatTypechain from "@nomicfoundation/hardhat-typechain";
import { defineConfig } from "hardhat/config";
import type { MochaOptions } from "mocha";

const mocha = JSON.parse(
  readFileSync(new URL(".mocharc.json", import.meta.url), "utf8"),
) as MochaOptions;

// The compiler comes from npm, with the lock file's checksum, and runs on every platform: no
// second download, and the same bytecode everywhere.
const compiler = {
  version: "0.8.37",
  path: fileURLToPath(import.meta.resolve("solc/soljson.js")),
};
const settings = {
  evmVersion: "cancun",
  optimizer: { enabled: true, runs: 200 },
};

export default defineConfig({
  plugins: [
    hardhatEthers,
    hardhatEthersChaiMatchers,
    hardhatMocha,
    hardhatNetworkHelpers,
    hardhatTypechain,
  ],
  solidity: {
    profiles: {
      default: { ...compiler, settings },
      production: { ...compiler, settings: { ...settings, viaIR: true } },
    },
  },
  networks: {
    default: {
      type: "edr-simulated",
      chainType: "l1",
      hardfork: "cancun",
    },
    // The sandbox's chain: parties need no ether, and its calendar can name the second of the next block, again and again.
    sandbox: {
      type: "edr-simulated",
      chainType: "l1",
      hardfork: "cancun",
      initialBaseFeePerGas: 0,
      gasPrice: 0,
      allowBlocksWithSameTimestamp: true,
      // A block above half of its limit would raise the base fee, and nobody here could pay it.
      blockGasLimit: 200_000_000n,
      loggingEnabled: false,
    },
  },
  paths: { sources: "contracts", tests: { mocha: "test/contracts", solidity: "test/contracts" } },
  typechain: { outDir: "typechain-types" },
  // Seeded: the same cases on every machine.
  test: { mocha, solidity: { fuzz: { runs: 2000, seed: "0x5ea5ea" } } },
});
