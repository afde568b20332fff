import type { ProjectorDefinition } from "../projection/handlers.ts";
import { OriginationRow, PartyRow } from "./party.entity.ts";

export const partyProjector: ProjectorDefinition = {
  rows: [PartyRow, OriginationRow],
  handlers: {
    Parties: {
      PartyAdmitted: async ({ args: { party, roles, name }, time }, ledger) => {
        await ledger.put(PartyRow, {
          id: party,
          name: name.slice(0, 200),
          key: party,
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
      OriginationPaused: async ({ args: { paused } }, ledger) => {
        await ledger.put(OriginationRow, { id: 1, paused });
      },
    },
  },
};
