import { getCreateAddress, NonceManager, type Signer } from "ethers";
import {
  contractNames,
  type ContractName,
  type Deployment,
} from "../../backend/src/chain/deployment.ts";
import {
  Administration__factory,
  Currencies__factory,
  Deliveries__factory,
  DepositCurrency__factory,
  Facilities__factory,
  Liens__factory,
  Parties__factory,
  Provenance__factory,
  PurchaseOrders__factory,
  Quotes__factory,
  Receivables__factory,
  WarehouseReceipts__factory,
} from "../../typechain-types/index.ts";
import {
  assignFunctions,
  faultsOf,
  handOver,
  holdEveryRole,
  type Offices,
} from "./administration.ts";

export interface DeployOptions {
  /** Pays for the deployment; administers it afterwards, without delay, where nobody else is named. */
  readonly signer: Signer;
  /** Who administers it in production. */
  readonly offices?: Offices;
  /** Seconds that a party has to veto a key that is proposed for it; a day where nothing else is said. */
  readonly keyDelay?: number;
  /** Seconds; +08:00 where nothing else is said. */
  readonly utcOffset?: number;
  readonly currency?: { readonly name: string; readonly symbol: string };
}

/**
 * Deploys one Sheaf: contracts that know each other from construction on, an approved deposit currency, and the
 * administrative roles.
 * @throws if an office is nobody's, the deployer's, or held together with another one; if a contract lands on another
 * address than the one that its peers were given
 */
export async function deploySheaf(options: DeployOptions): Promise<Deployment> {
  const { utcOffset = 8 * 3600, currency = { name: "Deposit RMB", symbol: "CNY" } } = options;
  const { keyDelay = 86_400 } = options;
  const admin = await options.signer.getAddress();
  const provider = options.signer.provider;
  if (provider === null) throw new Error("The deploying signer has no provider.");
  const [fault] = options.offices === undefined ? [] : faultsOf(options.offices, admin);
  if (fault !== undefined) throw new Error(`The ${fault.office} ${fault.fault}.`);
  const nonce = await provider.getTransactionCount(admin);
  const contracts = Object.fromEntries(
    contractNames.map((name, index) => [
      name,
      getCreateAddress({ from: admin, nonce: nonce + index }),
    ]),
  ) as Record<ContractName, string>;
  const peers = {
    parties: contracts.Parties,
    currencies: contracts.Currencies,
    orders: contracts.PurchaseOrders,
    deliveries: contracts.Deliveries,
    receipts: contracts.WarehouseReceipts,
    receivables: contracts.Receivables,
    liens: contracts.Liens,
    facilities: contracts.Facilities,
    quotes: contracts.Quotes,
    provenance: contracts.Provenance,
  };
  const signer = new NonceManager(options.signer);
  const administration = contracts.Administration;
  const deployed = [
    await new Administration__factory(signer).deploy(admin),
    await new Parties__factory(signer).deploy(peers, administration, keyDelay),
    await new Currencies__factory(signer).deploy(administration),
    await new PurchaseOrders__factory(signer).deploy(peers, utcOffset),
    await new Deliveries__factory(signer).deploy(peers),
    await new WarehouseReceipts__factory(signer).deploy(peers, administration),
    await new Receivables__factory(signer).deploy(peers, utcOffset),
    await new Liens__factory(signer).deploy(peers),
    await new Facilities__factory(signer).deploy(peers, administration, utcOffset),
    await new Quotes__factory(signer).deploy(peers, utcOffset),
    await new DepositCurrency__factory(signer).deploy(
      currency.name,
      currency.symbol,
      administration,
    ),
    await new Provenance__factory(signer).deploy(administration),
  ];
  for (const [index, name] of contractNames.entries()) {
    const contract = await deployed[index]?.waitForDeployment();
    const address = await contract?.getAddress();
    if (address !== contracts[name])
      throw new Error(`${name} is at ${String(address)}, not at ${contracts[name]}.`);
  }
  await assignFunctions(contracts, signer);
  await holdEveryRole(contracts, admin, signer);
  const approval = await Currencies__factory.connect(contracts.Currencies, signer).approveCurrency(
    contracts.DepositCurrency,
  );
  await approval.wait();
  if (options.offices !== undefined) await handOver(contracts, admin, options.offices, signer);

  const first = await deployed[0]?.deploymentTransaction()?.wait();
  const genesis = await provider.getBlock(0);
  if (!first || typeof genesis?.hash !== "string")
    throw new Error("The network does not answer for its own blocks.");
  const { chainId } = await provider.getNetwork();
  return {
    chainId: Number(chainId),
    genesisHash: genesis.hash,
    block: first.blockNumber,
    utcOffset,
    contracts,
  };
}
