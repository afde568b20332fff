import { expect } from "chai";
import { ZeroAddress } from "ethers";
import { administrativeRoles } from "../../scripts/deploy/administration.ts";
import { deploySheaf } from "../../scripts/deploy/deploy.ts";
import type { Contracts } from "../../scripts/deploy/contracts.ts";
import { at, load } from "../support/chain.ts";
import {
  automatic,
  callOf,
  delay,
  delayed,
  highest,
  immediate,
  make,
  offices,
  production,
  type Call,
  type OfficeHolder,
  type Production,
  type Values,
} from "../support/production.ts";
import { expectRefusal } from "../support/refusals.ts";
import { administered, allowed } from "../support/role-table/row.ts";
import { attempt, table } from "../support/role-table/table.ts";
import type { Actor } from "../support/sheaf.ts";

describe("In production", () => {
  let scene: Production;

  beforeEach(async () => {
    scene = await load(production);
  });

  function coded(name: string, values: Values): Promise<Call> {
    const [contract, method] = name.split(".") as [keyof Contracts, string];
    return callOf(scene, contract, method, ...values(scene));
  }

  /** What becomes of the call if each of them makes it now. */
  async function outcomes({ target, data }: Call): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    for (const holder of offices)
      found[holder] = await attempt(scene[holder].address, target, data);
    return found;
  }

  /** Who may schedule the call. */
  async function schedulers({ target, data }: Call): Promise<OfficeHolder[]> {
    const schedule = await callOf(scene, "administration", "schedule", target, data, 0n);
    const found = await outcomes(schedule);
    return offices.filter((holder) => found[holder] === allowed);
  }

  function everyone(outcome: string, exceptions: Record<string, string> = {}): object {
    const all = Object.fromEntries(offices.map((holder) => [holder, outcome]));
    return { ...all, ...exceptions };
  }

  it("these are all the acts of administration that there are", () => {
    const restricted = table.filter(({ outcomes }) => outcomes === administered);
    expect(restricted.map(({ call }) => call).sort()).to.deep.equal(
      [delayed, immediate, automatic].flatMap(Object.keys).sort(),
    );
    const own = table.filter(
      ({ call, outcomes }) =>
        call.startsWith("administration.") &&
        outcomes.admin === allowed &&
        outcomes.stranger === "AccessManagerUnauthorizedAccount",
    );
    expect(own.map(({ call }) => call).sort()).to.deep.equal(Object.keys(highest).sort());
  });

  it("every role has one holder, and the deployer none", async () => {
    const { administration } = scene.contracts;
    const { admission, currency, settlementBank, supervision, retirement, guardian, anchoring } =
      administrativeRoles;
    const expected: readonly (readonly [bigint, OfficeHolder, number])[] = [
      [0n, "administrator", delay],
      [admission, "operator", delay],
      [currency, "operator", delay],
      [settlementBank, "operator", delay],
      [retirement, "operator", delay],
      [supervision, "supervisor", 0],
      [guardian, "guardian", 0],
      [anchoring, "anchorer", 0],
    ];
    for (const [role, office, wait] of expected)
      for (const holder of offices) {
        const { isMember, executionDelay } = await administration.hasRole(
          role,
          scene[holder].address,
        );
        const what = `role ${role} of the ${holder}`;
        expect([isMember, Number(executionDelay)], what).to.deep.equal(
          holder === office ? [true, wait] : [false, 0],
        );
      }
    const granted = await administration.queryFilter(administration.filters.RoleGranted);
    const known = new Set(offices.map((holder) => scene[holder].address));
    expect(granted.filter(({ args }) => !known.has(args.account))).to.be.empty;
  });

  for (const [name, values] of Object.entries(delayed))
    it(`${name} is done by nobody at once, and scheduled by the operator alone`, async () => {
      const call = await coded(name, values);
      expect(await outcomes(call)).to.deep.equal(
        everyone("AccessManagedUnauthorized", { operator: "AccessManagerNotScheduled" }),
      );
      expect(await schedulers(call)).to.deep.equal(["operator"]);
    });

  for (const [name, values] of Object.entries(immediate))
    it(`${name} is done at once by the supervisor, and by nobody else ever`, async () => {
      const { operator, supervisor, stranger } = scene;
      await schedule(operator, await coded("parties.admit", delayed["parties.admit"]!), make);
      const call = await coded(name, values);
      expect(await outcomes(call)).to.deep.equal(
        everyone("AccessManagedUnauthorized", { supervisor: allowed }),
      );
      expect(await schedulers(call)).to.deep.equal([]);
      await make(supervisor, call);
      const { parties } = scene.contracts;
      const isDone =
        (await parties.paused()) || (await parties.partyById(stranger.address)).suspended;
      expect(isDone).to.equal(true);
    });

  for (const [name, values] of Object.entries(automatic))
    it(`${name} is done at once by the anchorer, and by nobody else ever`, async () => {
      const call = await coded(name, values);
      expect(await outcomes(call)).to.deep.equal(
        everyone("AccessManagedUnauthorized", { anchorer: allowed }),
      );
      expect(await schedulers(call)).to.deep.equal([]);
    });

  for (const [name, values] of Object.entries(highest))
    it(`${name} is done by nobody at once, and scheduled by the administrator alone`, async () => {
      const call = await coded(name, values);
      expect(await outcomes(call)).to.deep.equal(
        everyone("AccessManagerUnauthorizedAccount", {
          administrator: "AccessManagerNotScheduled",
        }),
      );
      expect(await schedulers(call)).to.deep.equal(["administrator"]);
    });

  /** Schedules the call and makes it in the first second that it may be made. */
  async function schedule(
    by: Actor,
    call: Call,
    then?: (by: Actor, call: Call) => Promise<void>,
  ): Promise<number> {
    const { administration } = scene.contracts;
    await by.administration.schedule(call.target, call.data, 0n);
    const id = await administration.hashOperation(by.address, call.target, call.data);
    const due = Number(await administration.getSchedule(id));
    if (then !== undefined) {
      await at(due);
      await then(by, call);
    }
    return due;
  }

  for (const [name, done] of [
    [
      "parties.admit",
      async () => (await scene.contracts.parties.numberOf(scene.stranger.address)) === 1n,
    ],
    [
      "currencies.approveCurrency",
      async () => (await scene.contracts.currencies.numberOf(scene.newCurrency)) === 2n,
    ],
    [
      "deposits.mint",
      async () => (await scene.contracts.deposits.balanceOf(scene.stranger.address)) === 1n,
    ],
    ["parties.retire", async () => scene.contracts.parties.retired()],
  ] as const)
    it(`${name} waits out the delay to its last second, and is then done once`, async () => {
      const { operator, contracts } = scene;
      const call = await coded(name, delayed[name]!);
      const due = await schedule(operator, call);
      const scheduled = await operator.signer.provider!.getBlock("latest");
      expect(due).to.equal(scheduled!.timestamp + delay);
      const id = await contracts.administration.hashOperation(
        operator.address,
        call.target,
        call.data,
      );
      await at(due - 1);
      await expectRefusal(make(operator, call), "AccessManagerNotReady", id);
      expect(await done()).to.equal(false);
      await at(due);
      await make(operator, call);
      expect(await done()).to.equal(true);
      await expectRefusal(make(operator, call), "AccessManagerNotScheduled", id);
    });

  it("what is scheduled is void a week after it was due", async () => {
    const { operator, contracts } = scene;
    const call = await coded("deposits.mint", delayed["deposits.mint"]!);
    const due = await schedule(operator, call);
    await at(due + 7 * 86_400);
    const id = await contracts.administration.hashOperation(
      operator.address,
      call.target,
      call.data,
    );
    await expectRefusal(make(operator, call), "AccessManagerExpired", id);
  });

  it("nothing is scheduled for sooner than the delay", async () => {
    const { operator } = scene;
    const { target, data } = await coded("deposits.mint", delayed["deposits.mint"]!);
    const soon = BigInt(Math.floor(Date.parse("2026-09-01T09:00:00+08:00") / 1000));
    await at(Number(soon));
    const call = operator.administration.schedule(target, data, soon + BigInt(delay) - 1n);
    await expectRefusal(
      call,
      "AccessManagerUnauthorizedCall",
      operator.address,
      target,
      data.slice(0, 10),
    );
  });

  for (const [name, values] of Object.entries(delayed))
    it(`${name} is cancelled by the guardian before it is done`, async () => {
      const { operator, guardian, contracts } = scene;
      const call = await coded(name, values);
      const due = await schedule(operator, call);
      await guardian.administration.cancel(operator.address, call.target, call.data);
      await at(due);
      const id = await contracts.administration.hashOperation(
        operator.address,
        call.target,
        call.data,
      );
      await expectRefusal(make(operator, call), "AccessManagerNotScheduled", id);
    });

  it("what the operator has scheduled is cancelled by itself, the guardian and the administrator", async () => {
    const { operator } = scene;
    const call = await coded("deposits.mint", delayed["deposits.mint"]!);
    await schedule(operator, call);
    const cancel = await callOf(
      scene,
      "administration",
      "cancel",
      operator.address,
      call.target,
      call.data,
    );
    expect(await outcomes(cancel)).to.deep.equal(
      everyone("AccessManagerUnauthorizedCancel", {
        operator: allowed,
        guardian: allowed,
        administrator: allowed,
      }),
    );
  });

  it("what the administrator has scheduled is cancelled by itself alone: it is the last instance", async () => {
    const { administrator } = scene;
    for (const [name, values] of Object.entries(highest)) {
      const call = await coded(name, values);
      await schedule(administrator, call);
      const cancel = await callOf(
        scene,
        "administration",
        "cancel",
        administrator.address,
        call.target,
        call.data,
      );
      expect(await outcomes(cancel), name).to.deep.equal(
        everyone("AccessManagerUnauthorizedCancel", { administrator: allowed }),
      );
    }
  });

  describe("the administrator", () => {
    const week = 7 * 86_400;

    it("gives a role after the delay, and from the sixth day on it begins after the delay again", async () => {
      const { administrator, stranger, contracts } = scene;
      const { administration } = contracts;
      await at(Number((await now()) + BigInt(week)));
      const call = await callOf(
        scene,
        "administration",
        "grantRole",
        administrativeRoles.supervision,
        stranger.address,
        0,
      );
      const due = await schedule(administrator, call, make);
      const pause = await coded("parties.setPaused", immediate["parties.setPaused"]!);
      const holds = async (): Promise<boolean> =>
        (await administration.hasRole(administrativeRoles.supervision, stranger.address)).isMember;
      expect(await holds()).to.equal(false);
      await at(due + delay);
      await make(stranger, pause);
      expect(await holds()).to.equal(true);
    });

    it("takes a role away after the delay, the guardian's too", async () => {
      const { administrator, guardian, contracts } = scene;
      const role = administrativeRoles.guardian;
      const call = await callOf(scene, "administration", "revokeRole", role, guardian.address);
      await schedule(administrator, call, make);
      const { isMember } = await contracts.administration.hasRole(role, guardian.address);
      expect(isMember).to.equal(false);
    });

    it("cannot do what it has given itself the role for before two delays are over", async () => {
      const { administrator } = scene;
      const grant = await callOf(
        scene,
        "administration",
        "grantRole",
        administrativeRoles.settlementBank,
        administrator.address,
        delay,
      );
      await schedule(administrator, grant, make);
      const mint = await coded("deposits.mint", delayed["deposits.mint"]!);
      expect((await outcomes(mint))["administrator"]).to.equal("AccessManagerNotScheduled");
      await schedule(administrator, mint, make);
    });

    async function now(): Promise<bigint> {
      const block = await scene.administrator.signer.provider!.getBlock("latest");
      return BigInt(block!.timestamp);
    }
  });

  it("an office that is nobody's, the deployer's or held together with another is refused", async () => {
    const { deployer, administrator, operator, supervisor, guardian, anchorer } = scene;
    const right = {
      administrator: administrator.address,
      operator: operator.address,
      supervisor: supervisor.address,
      guardian: guardian.address,
      anchorer: anchorer.address,
      delay,
    };
    const before = await deployer.signer.getNonce();
    for (const [wrong, reason] of [
      [{ guardian: ZeroAddress }, "The guardian must be somebody's account."],
      [
        { operator: deployer.address },
        "The operator must not be the deployer, which is left with no role.",
      ],
      [
        { supervisor: operator.address.toLowerCase() },
        "The supervisor must not be the operator too.",
      ],
    ] as const) {
      const deployment = deploySheaf({ signer: deployer.signer, offices: { ...right, ...wrong } });
      const error: unknown = await deployment.catch((fault: unknown) => fault);
      expect(error).to.have.property("message", reason);
    }
    expect(await deployer.signer.getNonce(), "nothing was deployed").to.equal(before);
  });

  it("the deployer can call nothing that is not for strangers too", async () => {
    const { deployer, stranger } = scene;
    for (const { to, data } of await everyCall()) {
      const mine = await attempt(deployer.address, to, data);
      expect(mine).to.equal(await attempt(stranger.address, to, data));
    }
  });

  it("the guardian can call nothing that is not for strangers too, but cancel", async () => {
    const { guardian, stranger } = scene;
    for (const { to, data } of await everyCall()) {
      const its = await attempt(guardian.address, to, data);
      expect(its).to.equal(await attempt(stranger.address, to, data));
    }
  });

  /** Every act of administration and, for comparison, some of the trade. */
  async function everyCall(): Promise<{ to: string; data: string }[]> {
    const acts = { ...delayed, ...immediate, ...automatic, ...highest };
    const calls = await Promise.all(
      Object.entries(acts).map(([name, values]) => coded(name, values)),
    );
    calls.push(await callOf(scene, "parties", "setPayoutAccount", scene.stranger.address));
    return calls.map(({ target, data }) => ({ to: target, data }));
  }
});
