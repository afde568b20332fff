import { randomBytes } from "node:crypto";
import type { CrashPlace } from "../crash/crash-points.ts";
import { EnvironmentReader, type Environment } from "./environment-reader.ts";

/** All that the backend has to know to start. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** The node that is asked first. */
  readonly rpcUrl: string;
  /** Other nodes of the same network, asked where the first does not answer; all get every transaction. */
  readonly rpcFallbacks: readonly string[];
  /** Milliseconds that one node has for one answer. */
  readonly rpcTimeout: number;
  /** Milliseconds that a start waits for a node that answers. */
  readonly rpcStartWithin: number;
  /** Folder of the database and the keystore. */
  readonly dataDir: string;
  /** `postgres://…`, with its password; SQLite in `dataDir` where undefined. */
  readonly databaseUrl: string | undefined;
  /** Sign-in by picking a party, a calendar that moves, money on demand. */
  readonly sandbox: boolean;
  /** The deployment's manifest; `deployments/<chainId>.json` in the working folder where undefined. */
  readonly deploymentFile: string | undefined;
  /** Signs access tokens. */
  readonly tokenSecret: string;
  readonly keystorePassphrase: string;
  /** Scrypt's cost of what the passphrase locks: 2 ** 17 as everybody's, next to nothing in a sandbox. */
  readonly scryptCost: number;
  /** Private key of administration, taken into the keystore; undefined where the backend administers nothing. */
  readonly administrationKey: string | undefined;
  /** Where administration's key is, if a remote signer has it. */
  readonly administrationAccount: string | undefined;
  /** Private key of the account that anchors events, taken into the keystore. */
  readonly anchoringKey: string | undefined;
  /** That account, if its key is there already or a remote signer has it; in a sandbox administration's where none is named. */
  readonly anchoringAccount: string | undefined;
  /** Seconds after which events are anchored, however few there are. */
  readonly anchorSeconds: number;
  /** Events after which they are anchored at once: as many as one tree has at most. */
  readonly anchorEvents: number;
  /** Private key of the supervisor, who suspends and pauses; likewise. */
  readonly supervisionKey: string | undefined;
  /** Where that key is elsewhere; the operator supervises where there is neither. */
  readonly supervisionAccount: string | undefined;
  /** Accounts of persons who act for the operator, as its owners: they sign in, whoever keeps its key. */
  readonly administrationPeople: readonly string[];
  /** Likewise for the supervisor. */
  readonly supervisionPeople: readonly string[];
  /** Who cancels what the operator has scheduled: an account with a wallet. */
  readonly guardianAccount: string | undefined;
  /** Undefined: keys are in the keystore. */
  readonly remoteSigner: RemoteSignerOptions | undefined;
  /** Seconds in which a wallet has to sign what was prepared for it. */
  readonly signWithin: number;
  readonly gas: GasPolicy;
  /** Blocks on top of a transaction's before it is final; 0 where blocks are final at once. */
  readonly finalityBlocks: number;
  /** Blocks that a reorganisation may reach back. */
  readonly journalBlocks: number;
  /** Milliseconds between two looks for blocks that nobody has told of. */
  readonly pollInterval: number;
  readonly logLevel: LogLevel;
  /** Where this process is to die; for the fault campaign, in a sandbox. */
  readonly crashAt: CrashPlace | undefined;
  /** Whether webhooks may go to addresses that the internet does not reach. */
  readonly webhookPrivateAddresses: boolean;
  /** Milliseconds between the attempts to deliver an event to a webhook; after the last one it is given up. */
  readonly webhookRetries: readonly number[];
  /** Milliseconds of nothing but failures after which a webhook is disabled. */
  readonly webhookDisableAfter: number;
  /** Whoever reads `/metrics` shows it; undefined where nobody may, or anybody in the sandbox. */
  readonly metricsToken: string | undefined;
  /** What the audit log's chains are written with, so that who has the database cannot recompute them. */
  readonly auditSecret: string | undefined;
  /** Commands that a process takes on before it refuses more with 503. */
  readonly commandQueue: number;
  /** Reads that a process deals with at once before it refuses more with 503. */
  readonly mostReads: number;
  /** Milliseconds that the process may be late before it refuses all requests with 503; 0 for however late it is. */
  readonly mostDelay: number;
  /** Wei: an account that signs and has less is said to run dry. */
  readonly lowBalance: bigint;
  /** Where the page and the API are, as wallets and browsers see it; in a sandbox what a request says. */
  readonly publicOrigin: string | undefined;
  /** The node that visitors' browsers ask about anchors; undefined where this backend passes those questions on. */
  readonly publicRpcUrl: string | undefined;
  /** Origins of other pages that browsers may let call the API. */
  readonly corsOrigins: readonly string[];
  /** Proxies in front, as a number of hops or as networks; false where callers come directly. */
  readonly trustProxy: number | string | false;
  /** Requests a minute; 0 for no limit. */
  readonly rates: RateLimits;
}

interface RateLimits {
  /** Of an address, signed in or not. */
  readonly address: number;
  /** Of an API key, or of a person for a party. */
  readonly caller: number;
  /** Of an address, attempts to sign in. */
  readonly signIn: number;
}

/** Standard Webhooks' own: 5 s, 5 min, 30 min, 2 h, 5 h, 10 h, 14 h, 20 h, 24 h. */
const usualRetries = "5,300,1800,7200,18000,36000,50400,72000,86400";
/** A Web3Signer, or what speaks its HTTP interface. */
export interface RemoteSignerOptions {
  readonly url: string;
  /** Sent as a bearer token. */
  readonly token: string | undefined;
  /** Of the client, in PEM files. */
  readonly certificateFile: string | undefined;
  readonly keyFile: string | undefined;
  /** Of whoever signed the signer's own certificate; the system's authorities where undefined. */
  readonly authorityFile: string | undefined;
  /** Milliseconds. */
  readonly timeout: number;
}

export interface GasPolicy {
  /** Wei, or what the network asks. */
  readonly price: bigint | "network";
  /** Gas, or an estimate with a margin of a quarter. */
  readonly limit: bigint | "estimate";
  /** Wei for one gas, base fee and tip together: more is never offered. */
  readonly cap: bigint;
  /** Seconds that a transaction may be next and not be mined before a higher fee is offered. */
  readonly replaceAfter: number;
}

const logLevels = ["silent", "fatal", "error", "warn", "info", "debug", "trace"] as const;
type LogLevel = (typeof logLevels)[number];

/** Everything that is wrong with the configuration, at once. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`The configuration cannot be used:\n${faults.map((fault) => `  ${fault}`).join("\n")}`);
    this.name = "ConfigError";
  }
}

/**
 * Reads the configuration from environment variables.
 * @throws ConfigError with all faults
 */
export function parseConfig(environment: Environment): Config {
  const reader = new EnvironmentReader(environment);
  const sandbox = reader.flag("SANDBOX", false);
  const [rpcUrl = "", ...rpcFallbacks] = reader.urls("RPC_URL", "http://127.0.0.1:8545");
  const config: Config = {
    sandbox,
    port: reader.integer("PORT", 3000, 0, 65_535),
    host: reader.text("HOST", sandbox ? "127.0.0.1" : "0.0.0.0"),
    rpcUrl,
    rpcFallbacks,
    rpcTimeout: reader.integer("RPC_TIMEOUT", 10_000, 100, 120_000),
    rpcStartWithin: reader.integer("RPC_START_WITHIN", 60, 0, 3600) * 1000,
    dataDir: reader.text("DATA_DIR", "data"),
    databaseUrl: reader.postgres("DATABASE_URL"),
    deploymentFile: reader.optional("DEPLOYMENT"),
    tokenSecret: reader.secret("TOKEN_SECRET", sandbox, randomBytes(32).toString("hex"), 32),
    keystorePassphrase: reader.secret("KEYSTORE_PASSPHRASE", sandbox, "sandbox", 12),
    scryptCost: sandbox ? 2 : 2 ** 17,
    administrationKey: reader.privateKey("ADMINISTRATION_KEY", sandbox),
    administrationAccount: reader.address("ADMINISTRATION_ACCOUNT"),
    anchoringKey: reader.privateKey("ANCHORING_KEY", sandbox),
    anchoringAccount: reader.address("ANCHORING_ACCOUNT"),
    anchorSeconds: reader.integer("ANCHOR_SECONDS", sandbox ? 2 : 300, 1, 86_400),
    anchorEvents: reader.integer("ANCHOR_EVENTS", 16_384, 1, 1_048_576),
    supervisionKey: reader.privateKey("SUPERVISION_KEY", sandbox),
    supervisionAccount: reader.address("SUPERVISION_ACCOUNT"),
    administrationPeople: reader.addresses("ADMINISTRATION_PEOPLE"),
    supervisionPeople: reader.addresses("SUPERVISION_PEOPLE"),
    guardianAccount: reader.address("GUARDIAN_ACCOUNT"),
    remoteSigner: remoteSignerIn(reader),
    signWithin: reader.integer("SIGN_WITHIN", 900, 1, 86_400),
    gas: {
      price: reader.integerOr("network", "GAS_PRICE", sandbox ? 0n : "network"),
      limit: reader.integerOr("estimate", "GAS_LIMIT", sandbox ? 30_000_000n : "estimate"),
      cap: reader.amount("FEE_CAP", 500_000_000_000n),
      replaceAfter: reader.integer("REPLACE_AFTER", 60, 1, 86_400),
    },
    finalityBlocks: reader.integer("FINALITY_BLOCKS", sandbox ? 0 : 12, 0, 10_000),
    journalBlocks: reader.integer("JOURNAL_BLOCKS", 128, 1, 10_000),
    pollInterval: reader.integer("POLL_INTERVAL", 200, 50, 60_000),
    logLevel: reader.oneOf("LOG_LEVEL", "info", logLevels),
    crashAt: reader.crashPlace("CRASH_AT", sandbox),
    webhookPrivateAddresses: reader.flag("WEBHOOK_PRIVATE_ADDRESSES", false),
    webhookRetries: reader.integers("WEBHOOK_RETRIES", usualRetries).map((each) => each * 1000),
    webhookDisableAfter: reader.integer("WEBHOOK_DISABLE_AFTER", 432_000, 1, 31_536_000) * 1000,
    metricsToken: reader.optionalSecret("METRICS_TOKEN", 16),
    auditSecret: reader.optionalSecret("AUDIT_SECRET", 32),
    commandQueue: reader.integer("COMMAND_QUEUE", 200, 1, 100_000),
    mostReads: reader.integer("MOST_READS", 200, 1, 100_000),
    mostDelay: reader.integer("MOST_DELAY", sandbox ? 0 : 2000, 0, 60_000),
    lowBalance: reader.amount("LOW_BALANCE", sandbox ? 0n : 10n ** 17n),
    publicOrigin: reader.origin("PUBLIC_ORIGIN", sandbox),
    publicRpcUrl: publicRpcIn(reader),
    corsOrigins: reader.origins("CORS_ORIGINS"),
    trustProxy: reader.proxies("TRUST_PROXY"),
    rates: {
      address: reader.integer("RATE_LIMIT_ADDRESS", sandbox ? 0 : 1200, 0, 10_000_000),
      caller: reader.integer("RATE_LIMIT_CALLER", sandbox ? 0 : 1200, 0, 10_000_000),
      signIn: reader.integer("RATE_LIMIT_SIGN_IN", sandbox ? 0 : 20, 0, 10_000_000),
    },
  };
  const isRemote = config.remoteSigner !== undefined;
  requireOnePlace(reader, "ADMINISTRATION", isRemote);
  requireOnePlace(reader, "SUPERVISION", isRemote);
  requireOnePlace(reader, "ANCHORING", isRemote);
  if (!sandbox && config.tokenSecret === config.keystorePassphrase) {
    reader.faults.push("TOKEN_SECRET: must not be the KEYSTORE_PASSPHRASE");
  }
  if (config.finalityBlocks > config.journalBlocks) {
    reader.faults.push("FINALITY_BLOCKS: cannot be more than JOURNAL_BLOCKS");
  }
  if (reader.faults.length > 0) throw new ConfigError(reader.faults);
  return config;
}

function publicRpcIn(reader: EnvironmentReader): string | undefined {
  const isGiven = reader.optional("PUBLIC_RPC_URL") !== undefined;
  return isGiven ? reader.url("PUBLIC_RPC_URL", "") : undefined;
}

/** A key is given, or it is said whose it is and it is elsewhere. */
function requireOnePlace(reader: EnvironmentReader, office: string, isRemote: boolean): void {
  if (reader.optional(`${office}_KEY`) === undefined) return;
  if (reader.optional(`${office}_ACCOUNT`) !== undefined) {
    reader.faults.push(`${office}_ACCOUNT: cannot be given together with ${office}_KEY`);
  }
  if (isRemote) {
    reader.faults.push(`${office}_KEY: belongs into the remote signer; name its account`);
  }
}

function remoteSignerIn(reader: EnvironmentReader): RemoteSignerOptions | undefined {
  const isRemote = reader.oneOf("SIGNER", "keystore", ["keystore", "remote"]) === "remote";
  const options = {
    url: reader.url("REMOTE_SIGNER_URL", "http://127.0.0.1:9000"),
    token: reader.optional("REMOTE_SIGNER_TOKEN"),
    certificateFile: reader.file("REMOTE_SIGNER_CERTIFICATE"),
    keyFile: reader.file("REMOTE_SIGNER_KEY"),
    authorityFile: reader.file("REMOTE_SIGNER_AUTHORITY"),
    timeout: reader.integer("REMOTE_SIGNER_TIMEOUT", 5000, 100, 120_000),
  };
  if (!isRemote) return undefined;
  if (reader.optional("REMOTE_SIGNER_URL") === undefined) {
    reader.faults.push("REMOTE_SIGNER_URL: is required where SIGNER is remote");
  }
  if ((options.certificateFile === undefined) !== (options.keyFile === undefined)) {
    reader.faults.push("REMOTE_SIGNER_CERTIFICATE: goes together with REMOTE_SIGNER_KEY");
  }
  return options;
}
