import { Wallet, type BaseWallet } from "ethers";
import type { Id } from "../../api/resources.ts";
import { moneyText } from "../../api/wire.ts";
import type { Seeded } from "../../random/seeded.ts";
import { Attendant } from "./attendant.ts";
import type { Erp } from "./erp.ts";

interface Nonce {
  readonly nonce: string;
  readonly domain: string;
  readonly uri: string;
  readonly chainId: string;
}

interface Named {
  readonly id: string;
}

/** Minor units of an order, from where on a second person has to approve: about half of those that are planned. */
const limit = 2_500_000n;

/**
 * Makes an organisation of a buyer: its orders come from a machine with an API key, and those above a limit wait for a
 * person, who signs in with a wallet and approves.
 */
export async function organise(erp: Erp, buyer: Id, random: Seeded): Promise<Attendant> {
  const owner = erp.desk(`owner.${buyer}`, random).as(buyer);
  const wallet = new Wallet(Wallet.createRandom().privateKey);
  const person = wallet.address as Id;
  await owner.put(`/organisation/people/${person}`, { rank: "approver", name: "Approver" });
  const items = [{ kind: "order", currency: "CNY", amount: moneyText(limit) }];
  await owner.put("/organisation/limits", { items });
  const scopes = ["orders", "finance"];
  const machine = (await owner.post("/api-keys", { name: "ERP", scopes })) as { secret: string };
  erp.tokens.set(buyer, machine.secret);
  const desk = erp.desk(`approver.${buyer}`, random);
  const see = async (): Promise<number> => {
    if (!erp.tokens.has(person)) erp.tokens.set(person, await signIn(erp, wallet, buyer, random));
    const approver = desk.as(person);
    try {
      const { items: waiting } = (await approver.get("/commands", { state: "Proposed" })) as {
        items: readonly Named[];
      };
      for (const { id } of waiting)
        await approver.post(`/commands/${id}/approval`, undefined, `approval.${id}`);
      return waiting.length;
    } catch (error) {
      // Perhaps the session is over.
      erp.tokens.delete(person);
      throw error;
    }
  };
  return new Attendant(see);
}

/** EIP-4361, as a wallet does it. */
async function signIn(erp: Erp, wallet: BaseWallet, party: Id, random: Seeded): Promise<string> {
  const caller = erp.desk(`sign-in.${wallet.address}`, random).as("anyone");
  const { nonce, domain, uri, chainId } = (await caller.post("/auth/nonce")) as Nonce;
  const message =
    `${domain} wants you to sign in with your Ethereum account:\n${wallet.address}\n\n` +
    `Sign in to Sheaf.\n\nURI: ${uri}\nVersion: 1\nChain ID: ${chainId}\n` +
    `Nonce: ${nonce}\nIssued At: ${new Date().toISOString()}`;
  const signature = await wallet.signMessage(message);
  const session = (await caller.post("/auth/wallet", { message, signature, party })) as {
    accessToken: string;
  };
  return session.accessToken;
}
