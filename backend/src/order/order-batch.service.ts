import { Injectable } from "@nestjs/common";
import type { OrderTerms } from "../chain/claim-ids.ts";
import { Contracts, type Act } from "../chain/contracts.ts";
import { DomainError } from "../chain/domain-error.ts";
import type { CommandDto } from "../command/command.dto.ts";
import { CommandService, type Submitted } from "../command/command.service.ts";
import { Effect } from "../command/effect.ts";
import { weighed, type Intent } from "../command/intent.ts";
import { crashPoint } from "../crash/crash-points.ts";
import { problemOf } from "../http/problem.ts";
import type { BatchAnswerDto, BatchQuery, BatchResultDto } from "./order-batch.dto.ts";
import { OrderBatchLines, type BatchLine } from "./order-batch.lines.ts";
import { ordersOf } from "./order-batch.source.ts";

/** Orders of one transaction: an order takes about 115,000 gas, a transaction has up to 16 million. */
const ordersAtOnce = 100;
/** Milliseconds for each transaction; a batch has many, and its answer comes when all are through. */
const patience = 60_000;
/** Times that a slice is sent although its simulation passed and it was refused. */
const mostAttempts = 3;

/** Issues many orders with one request: `issueMany`, slice by slice. */
@Injectable()
export class OrderBatchService {
  constructor(
    private readonly contracts: Contracts,
    private readonly commands: CommandService,
    private readonly lines: OrderBatchLines,
  ) {}

  /**
   * Issues what can be issued and says of each other order why not. With `atomic` nothing is sent unless all could be
   * issued when the first is; that a rule changes between two transactions of the same batch is not undone.
   * @throws BadInput or DomainError for a body that is no batch as a whole
   */
  async issue(
    intent: Intent,
    body: unknown,
    type: string,
    query: BatchQuery,
  ): Promise<BatchAnswerDto | Effect<BatchAnswerDto | CommandDto>> {
    const patient = { ...intent, wait: patience };
    const earlier = await this.commands.resume(patient);
    if (earlier?.done === false) return this.commands.accepted(earlier.command);
    const lines = await this.lines.of(intent.by, ordersOf(body, type), query);
    const slices = slicesOf(lines.filter(isOpen));
    if (query.atomic === "true") {
      await this.#refuseAll(intent, lines, slices);
    }
    // Its acts are weighed together: a batch waits for a second person as a whole.
    const values = lines
      .filter(isOpen)
      .flatMap(({ prepared }) => (prepared ? [prepared.value] : []));
    const weighedIntent = weighed(patient, "order", ...values);
    const sender = new Sender(this.commands, weighedIntent, (slice) => this.#act(slice));
    for (const slice of slices) {
      await sender.send(slice.filter(isOpen), query.atomic === "true");
      crashPoint("mid-batch");
      // Somebody changed what the simulation had seen: what was not sent yet stays where it is.
      if (query.atomic === "true" && lines.some(isRefused)) refuseRest(lines);
    }
    const answer = answerOf(lines);
    const first = earlier?.command.id ?? sender.firstCommand;
    return first === undefined ? answer : new Effect(200, answer, first);
  }

  /** Refuses every line if one is, or would be. */
  async #refuseAll(
    intent: Intent,
    lines: readonly BatchLine[],
    slices: readonly BatchLine[][],
  ): Promise<void> {
    if (!lines.some(isRefused)) {
      for (const slice of slices) {
        const refusal = await this.commands.simulate(intent.by, this.#act(slice));
        if (refusal !== undefined) refuse(slice, refusal);
      }
    }
    if (lines.some(isRefused)) for (const line of lines) line.problem ??= batchRefused;
  }

  #act(slice: readonly BatchLine[]): Act {
    const terms = slice.flatMap<OrderTerms>(({ prepared }) => prepared?.terms ?? []);
    return this.contracts.act("PurchaseOrders", "issueMany", [terms]);
  }
}

/** Sends slices one after another; each act of the request is a step of its intent. */
class Sender {
  firstCommand: string | undefined;
  #step = 0;

  constructor(
    private readonly commands: CommandService,
    private readonly intent: Intent,
    private readonly actOf: (slice: readonly BatchLine[]) => Act,
  ) {}

  /** Takes out line after line that is refused, until the rest is taken; as a whole, none is taken then. */
  async send(lines: readonly BatchLine[], isWhole: boolean): Promise<void> {
    let attempts = 0;
    for (let slice = lines; slice.length > 0; slice = slice.filter(isOpen)) {
      const act = this.actOf(slice);
      const refusal =
        (await this.commands.simulate(this.intent.by, act)) ?? (await this.#submit(slice, act));
      if (refusal === undefined) return;
      attempts += 1;
      // What passed its simulation and was refused all the same is simulated again, which names the line.
      if (refusal.command === undefined || attempts >= mostAttempts) {
        refuse(slice, refusal);
        if (isWhole) return;
      }
    }
  }

  async #submit(slice: readonly BatchLine[], act: Act): Promise<DomainError | undefined> {
    try {
      const { command, done } = await this.#nextStep(act);
      for (const line of slice) {
        if (done) line.isExisting = true;
        else line.command = command.id;
      }
      return undefined;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      return error;
    }
  }

  /** A request that is repeated after a crash finds its earlier steps, which may have been other slices. */
  async #nextStep(act: Act): Promise<Submitted> {
    for (;;) {
      const submitted = await this.commands.submit(this.intent, act, this.#step++);
      // The request's first step keeps its answer, whenever that was taken.
      this.firstCommand ??= submitted.command.id;
      if (submitted.command.data === act.data) return submitted;
    }
  }
}

const batchRefused = problemOf(new DomainError("BatchRefused"));

function isRefused({ problem }: BatchLine): boolean {
  return problem !== undefined;
}

function refuseRest(lines: readonly BatchLine[]): void {
  for (const line of lines.filter(isOpen)) line.problem = batchRefused;
}

/** Still to be issued. */
function isOpen({ prepared, isExisting, command, problem }: BatchLine): boolean {
  return prepared !== undefined && !isExisting && command === undefined && problem === undefined;
}

function slicesOf(lines: readonly BatchLine[]): BatchLine[][] {
  const count = Math.ceil(lines.length / ordersAtOnce);
  return Array.from({ length: count }, (_, index) =>
    lines.slice(index * ordersAtOnce, (index + 1) * ordersAtOnce),
  );
}

/** Refuses the line that a refusal names; all of the slice where it names none. */
function refuse(slice: readonly BatchLine[], refusal: DomainError): void {
  const { code, values } = refusal;
  const named = slice.filter(
    ({ prepared }, index) =>
      (code === "InvalidTerm" && values["index"] === String(index)) ||
      (code === "AlreadyExists" && values["id"] === prepared?.id),
  );
  const problem = problemOf(new DomainError(code, values));
  for (const line of named.length > 0 ? named : slice) line.problem = problem;
}

function answerOf(lines: readonly BatchLine[]): BatchAnswerDto {
  const results = lines.map(resultOf);
  const refused = results.filter(({ problem }) => problem !== undefined).length;
  return { taken: results.length - refused, refused, results };
}

function resultOf({ source, prepared, command, problem }: BatchLine): BatchResultDto {
  const { index, line } = source;
  const place = { index, ...(line !== undefined && { line }) };
  if (problem !== undefined || prepared === undefined)
    return { ...place, ...(problem && { problem }) };
  const { id, number } = prepared;
  const order = { id, number, line: prepared.line };
  return { ...place, order, ...(command !== undefined && { command }) };
}
