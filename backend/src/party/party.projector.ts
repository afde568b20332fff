import type { ProjectorDefinition } from "../projection/handlers.ts";
import type { Ledger } from "../projection/ledger.ts";
import { OriginationRow, PartyRow } from "./party.entity.ts";

const noProposal = { proposedKey: null, proposedFrom: null };

export const partyProjector: ProjectorDefinition = {
  rows: [PartyRow, OriginationRow],
  handlers: {
    Parties: {
      PartyAdmitted: async ({ args: { party, number, roles, name }, time }, ledger) => {
        await ledger.put(PartyRow, {
          id: party,
          number: Number(number),
          name: name.slice(0, 200),
          key: party,
          ...noProposal,
          roles: Number(roles),
          suspended: false,
          payoutAccount: party,
          admittedAt: time,
        });
      },
      PartyRolesChanged: async ({ args: { party, roles } }, ledger) => {
        await ledger.change(PartyRow, party, { roles: Number(roles) });
      },
      PartyStandingChanged: async ({ args: { party, suspended } }, ledger) => {
        await ledger.change(PartyRow, party, { suspended });
      },
      PayoutAccountChanged: async ({ args: { party, account } }, ledger) => {
        await ledger.change(PartyRow, party, { payoutAccount: account });
      },
      KeyProposed: async ({ args: { party, key, from } }, ledger) => {
        await ledger.change(PartyRow, party, { proposedKey: key, proposedFrom: Number(from) });
      },
      KeyVetoed: async ({ args: { party } }, ledger) => {
        await ledger.change(PartyRow, party, noProposal);
      },
      /** From here on nothing is signed for the party with its old key: the worker looks here. */
      KeyReplaced: async ({ args: { party, key } }, ledger) => {
        await ledger.change(PartyRow, party, { key, ...noProposal });
      },
      OriginationPaused: ({ args: { paused } }, ledger) => changeOrigination(ledger, { paused }),
      DeploymentRetired: (_, ledger) => changeOrigination(ledger, { retired: true }),
    },
  },
};

async function changeOrigination(ledger: Ledger, part: Partial<OriginationRow>): Promise<void> {
  const row = await ledger.find(OriginationRow, 1);
  await ledger.put(OriginationRow, { id: 1, paused: false, retired: false, ...row, ...part });
}
