import { roleNames, type PartyRole } from "../auth/actor.ts";

// `ROLE_…` of IParties.sol are bits in this order.

export function rolesOf(bits: number): PartyRole[] {
  return roleNames.filter((_, index) => (bits & (1 << index)) !== 0);
}

export function bitsOf(roles: readonly PartyRole[]): number {
  return roles.reduce((bits, role) => bits | (1 << roleNames.indexOf(role)), 0);
}
