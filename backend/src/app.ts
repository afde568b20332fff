import "reflect-metadata";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Logger } from "@nestjs/common";
import { NestFactory } from "@nestjs/core";
import type { NestFastifyApplication } from "@nestjs/platform-fastify";
import type { OpenAPIObject } from "@nestjs/swagger";
import { Logger as PinoLogger, PinoLogger as RequestLogger } from "nestjs-pino";
import { AppModule, type AppParts } from "./app.module.ts";
import { Anchorer } from "./anchor/anchorer.ts";
import { AnchoringAccount } from "./anchor/anchoring-account.ts";
import { officeNames, type Office } from "./auth/actor.ts";
import { AddressRates } from "./auth/address-rates.ts";
import { Administration } from "./auth/administration.ts";
import { Bearers } from "./auth/bearers.ts";
import { limitStrangers } from "./auth/strangers.ts";
import { awaitingNetwork } from "./chain/awaiting-network.ts";
import { Chain } from "./chain/chain.ts";
import { ChainClock } from "./chain/clock.ts";
import { Contracts } from "./chain/contracts.ts";
import { contractNames, readDeployment, type Deployment } from "./chain/deployment.ts";
import { addressOf, zeroAddress } from "./chain/hex.ts";
import { Keystore } from "./chain/keystore.ts";
import { RemoteSigner } from "./chain/remote-signer.ts";
import { Rpc } from "./chain/rpc.ts";
import type { Signer } from "./chain/signer.ts";
import { CommandQueue } from "./command/command-queue.ts";
import { CommandWorker } from "./command/command.worker.ts";
import { parseConfig, type Config } from "./config/config.ts";
import { crashAt, crashPoint } from "./crash/crash-points.ts";
import { Database } from "./database/database.ts";
import { shedLoad } from "./http/load-shedding.ts";
import { openApiDocument, serveOpenApi } from "./http/openapi.ts";
import { servePage } from "./http/page.ts";
import { addSecurityHeaders, allowOrigins } from "./http/security-headers.ts";
import { followRequests } from "./http/request-log.ts";
import { httpAdapter, prepareServer } from "./http/server.ts";
import { belonging } from "./projection/cursor.ts";
import { commonAncestor } from "./projection/journal.ts";
import { ProjectionEngine } from "./projection/projection.engine.ts";
import { schema } from "./schema.ts";
import { WebhookCourier } from "./webhook/webhook.courier.ts";

/** The page as built. */
const page = fileURLToPath(new URL("../../web/dist", import.meta.url));

/**
 * Connections that wait to be taken up; the kernel resets those beyond, and their callers are told nothing. Node would have
 * 511; Linux makes it no more than its own `somaxconn`.
 */
const backlog = 4096;

/** A backend that has started: its read model is up to date with the chain. */
export interface Backend {
  readonly app: NestFastifyApplication;
  /** Listens; resolves with the address, `http://127.0.0.1:3000`. */
  listen(): Promise<string>;
  /** Finishes what runs and closes everything. */
  close(): Promise<void>;
}

/**
 * Starts a backend, short of listening.
 * @throws Error for a chain, a deployment or a database that do not belong together
 */
export async function createApp(config: Config): Promise<Backend> {
  crashAt(config.crashAt);
  const urls = [config.rpcUrl, ...config.rpcFallbacks];
  const network = await networkAt(urls, config);
  const { chainId } = network;
  const deployment = readDeployment(
    config.deploymentFile ?? join("deployments", `${chainId}.json`),
  );
  requireNetwork(deployment, network);
  const rpc = new Rpc(urls, chainId, {
    genesisHash: deployment.genesisHash,
    timeout: config.rpcTimeout,
  });
  const database = await openDatabase(config, deployment, rpc);
  const app = await build(await partsOf(config, deployment, rpc, database));
  const engine = app.get(ProjectionEngine);
  const worker = app.get(CommandWorker);
  crashPoint("while-starting");
  await awaitingNetwork(config.rpcStartWithin, () => engine.start());
  worker.start();
  const courier = app.get(WebhookCourier);
  courier.start();
  const anchorer = app.get(Anchorer);
  anchorer.start();
  return {
    app,
    listen: async () => {
      await app.listen({ port: config.port, host: config.host, backlog });
      return app.getUrl();
    },
    close: async () => {
      await anchorer.stop();
      await courier.stop();
      await worker.stop();
      await engine.stop();
      await app.close();
    },
  };
}

/** The OpenAPI document, without a chain, a database or a port. */
export async function describeApi(): Promise<OpenAPIObject> {
  const config = { ...parseConfig({ SANDBOX: "true" }), logLevel: "silent" as const };
  const contracts = Object.fromEntries(contractNames.map((name) => [name, zeroAddress]));
  const deployment = {
    chainId: 1,
    genesisHash: "",
    block: 0,
    utcOffset: 0,
    contracts,
  } as Deployment;
  const nothing = Object.create(Database.prototype) as Database;
  const parts = await partsOf(config, deployment, new Rpc(config.rpcUrl, 1), nothing);
  const app = await build(parts);
  return openApiDocument(app);
}

async function build(parts: AppParts): Promise<NestFastifyApplication> {
  const { config } = parts;
  const adapter = httpAdapter(config.trustProxy);
  addSecurityHeaders(adapter.getInstance(), !config.sandbox);
  prepareServer(adapter.getInstance());
  servePage(adapter.getInstance(), page);
  const app = await NestFactory.create<NestFastifyApplication>(AppModule.of(parts), adapter, {
    bufferLogs: true,
    abortOnError: false,
    bodyParser: false,
  });
  app.useLogger(app.get(PinoLogger));
  allowOrigins(app, config.corsOrigins);
  followRequests(adapter.getInstance(), await app.resolve(RequestLogger));
  const queue = app.get(CommandQueue);
  shedLoad(adapter.getInstance(), {
    mostDelay: config.mostDelay,
    reads: config.mostReads,
    changes: config.commandQueue,
    isFull: () => queue.isFull,
  });
  limitStrangers(adapter.getInstance(), app.get(Bearers), app.get(AddressRates));
  serveOpenApi(app);
  await app.init();
  return app;
}

async function partsOf(
  config: Config,
  deployment: Deployment,
  rpc: Rpc,
  database: Database,
): Promise<AppParts> {
  const { signer, offices, anchorer } = await signerOf(config);
  const chain = new Chain(rpc, new Contracts(deployment), signer, config.gas);
  const clock = new ChainClock(config.sandbox);
  const administration = new Administration(offices);
  const anchoring = new AnchoringAccount(anchorer);
  return { config, database, chain, signer, clock, administration, anchoring };
}

type OfficeAccounts = Partial<Record<Office, string>>;

interface Signing {
  readonly signer: Signer;
  readonly offices: OfficeAccounts;
  readonly anchorer: string | undefined;
}

async function signerOf(config: Config): Promise<Signing> {
  const { administrationKey, supervisionKey, anchoringKey, remoteSigner, sandbox } = config;
  const named = {
    operator: config.administrationAccount,
    supervisor: config.supervisionAccount,
    guardian: config.guardianAccount,
  };
  const offices: OfficeAccounts = {};
  for (const office of officeNames) {
    const account = addressOf(named[office] ?? "");
    if (account !== undefined) offices[office] = account;
  }
  const namedAnchorer = addressOf(config.anchoringAccount ?? "");
  const anchorer = (): string | undefined =>
    namedAnchorer ?? (sandbox ? offices.operator : undefined);
  if (remoteSigner !== undefined) {
    return { signer: new RemoteSigner(remoteSigner), offices, anchorer: anchorer() };
  }
  const keystore = new Keystore({
    folder: join(config.dataDir, "keystore"),
    passphrase: config.keystorePassphrase,
    cost: config.scryptCost,
  });
  if (administrationKey !== undefined) offices.operator = await keystore.add(administrationKey);
  if (supervisionKey !== undefined) offices.supervisor = await keystore.add(supervisionKey);
  const own = anchoringKey === undefined ? undefined : await keystore.add(anchoringKey);
  return { signer: keystore, offices, anchorer: own ?? anchorer() };
}

interface NetworkIdentity {
  readonly chainId: number;
  readonly genesisHash: string | undefined;
}

async function networkAt(
  urls: readonly string[],
  { rpcTimeout: timeout, rpcStartWithin }: Config,
): Promise<NetworkIdentity> {
  const rpc = new Rpc(urls, 0, { timeout });
  try {
    return await awaitingNetwork(rpcStartWithin, async () => ({
      chainId: Number(await rpc.send("eth_chainId", [])),
      genesisHash: (await rpc.header(0))?.hash,
    }));
  } catch (error) {
    const hosts = urls.map((url) => new URL(url).host).join(", ");
    throw new Error(`No network answers at ${hosts}: ${String(error)}`);
  } finally {
    rpc.destroy();
  }
}

function requireNetwork(deployment: Deployment, network: NetworkIdentity): void {
  const { chainId, genesisHash } = network;
  if (deployment.chainId !== chainId || deployment.genesisHash !== genesisHash) {
    throw new Error(
      `The deployment is on chain ${deployment.chainId} from ${deployment.genesisHash}, ` +
        `the network is chain ${chainId} from ${genesisHash ?? "nowhere"}.`,
    );
  }
}

/** A database belongs to one chain; a sandbox's chain lives in memory, and its database goes with it. */
async function openDatabase(config: Config, deployment: Deployment, rpc: Rpc): Promise<Database> {
  const { dataDir, databaseUrl: url, sandbox } = config;
  const options = { ...schema, dataDir, url, durable: !sandbox };
  const database = await Database.open(options);
  const isStale = async (manager: Database["read"]): Promise<boolean> => {
    const { whose, cursor } = await belonging(manager, deployment);
    if (whose === "other" || !sandbox || cursor === undefined) return whose === "other";
    if ((await rpc.header(cursor.block))?.hash === cursor.hash) return false;
    // A few blocks may have been reorganised away while nobody looked.
    return (await commonAncestor(manager, rpc)) === undefined;
  };
  const within = config.rpcStartWithin;
  if (!(await awaitingNetwork(within, () => isStale(database.read)))) return database;
  await database.close();
  if (!sandbox) {
    throw new Error(
      url === undefined
        ? `The database in ${dataDir} belongs to another deployment. Use another DATA_DIR for this one.`
        : "The database of DATABASE_URL belongs to another deployment. Use another one for this one.",
    );
  }
  new Logger("Sandbox").warn("The network is a new one; the database starts afresh with it.");
  await Database.discard(options, isStale);
  return Database.open(options);
}
