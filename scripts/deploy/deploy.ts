import { getCreateAddress, NonceManager, type ContractRunner, type Signer } from "ethers";
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
  PurchaseOrders__factory,
  Receivables__factory,
  WarehouseReceipts__factory,
} from "../../typechain-types/index.ts";

export interface DeployOptions {
  /** Pays for the deployment and administers it afterwards, with every administrative role. */
  readonly signer: Signer;
  /** Seconds; +08:00 where nothing else is said. */
  readonly utcOffset?: number;
  readonly currency?: { readonly name: string; readonly symbol: string };
}

/** Administrative roles of AccessManager; role 0 is the administrator's own. */
const administrativeRoles = { admission: 1n, currency: 2n, settlementBank: 3n } as const;

/**
 * Deploys one Sheaf: ten contracts that know each other from construction on, an approved deposit currency, and the
 * administrative roles, all held by the signer without delay.
 * @throws if a contract lands on another address than the one that its peers were given
 */
export async function deploySheaf(options: DeployOptions): Promise<Deployment> {
  const keyDelay = 86_400;
  const { utcOffset = 8 * 3600, currency = { name: "Deposit RMB", symbol: "CNY" } } = options;
  const admin = await options.signer.getAddress();
  const provider = options.signer.provider;
  if (provider === null) throw new Error("The deploying signer has no provider.");
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
    await new DepositCurrency__factory(signer).deploy(
      currency.name,
      currency.symbol,
      administration,
    ),
  ];
  for (const [index, name] of contractNames.entries()) {
    const contract = await deployed[index]?.waitForDeployment();
    const address = await contract?.getAddress();
    if (address !== contracts[name])
      throw new Error(`${name} is at ${String(address)}, not at ${contracts[name]}.`);
  }
  await grantRoles(contracts, admin, signer);
  const approval = await Currencies__factory.connect(contracts.Currencies, signer).approveCurrency(
    contracts.DepositCurrency,
  );
  await approval.wait();

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

async function grantRoles(
  contracts: Readonly<Record<ContractName, string>>,
  admin: string,
  runner: ContractRunner,
): Promise<void> {
  const administration = Administration__factory.connect(contracts.Administration, runner);
  const { admission, currency, settlementBank } = administrativeRoles;
  const parties = Parties__factory.createInterface();
  const selector = (name: "admit" | "setRoles" | "setSuspended" | "setPaused"): string =>
    parties.getFunction(name).selector;
  const acts: readonly (readonly [string, string[], bigint])[] = [
    [
      contracts.Parties,
      [selector("admit"), selector("setRoles"), selector("setSuspended"), selector("setPaused")],
      admission,
    ],
    [
      contracts.WarehouseReceipts,
      [WarehouseReceipts__factory.createInterface().getFunction("setCapacity").selector],
      admission,
    ],
    [
      contracts.Currencies,
      [Currencies__factory.createInterface().getFunction("approveCurrency").selector],
      currency,
    ],
    [
      contracts.DepositCurrency,
      [DepositCurrency__factory.createInterface().getFunction("mint").selector],
      settlementBank,
    ],
  ];
  for (const [target, selectors, role] of acts) {
    await (await administration.setTargetFunctionRole(target, selectors, role)).wait();
  }
  for (const role of Object.values(administrativeRoles)) {
    await (await administration.grantRole(role, admin, 0)).wait();
  }
}
