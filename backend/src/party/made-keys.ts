import { Injectable, Optional } from "@nestjs/common";
import { Signer } from "../chain/signer.ts";
import type { Intent } from "../command/intent.ts";
import { Requests } from "../command/requests.ts";
import { Database } from "../database/database.ts";
import { NewKey } from "./new-key.ts";

/** Keys that the backend makes and keeps: for one request one account, however often it comes. */
@Injectable()
export class MadeKeys {
  constructor(
    private readonly database: Database,
    private readonly requests: Requests,
    private readonly signer: Signer,
    @Optional() private readonly newKey?: NewKey,
  ) {}

  /** The account of a key that is made for this request, ready to be a party's. */
  async accountFor(intent: Intent): Promise<string> {
    const account = (await this.requests.madeBefore(intent)) ?? (await this.#made(intent));
    await this.newKey?.prepare({ id: account, key: account, roles: [] });
    return account;
  }

  /** A crash in here leaves a key that is nobody's, and that has sent nothing. */
  async #made(intent: Intent): Promise<string> {
    const account = await this.signer.create();
    return this.database.write((manager) =>
      this.requests.once(manager, intent, () => Promise.resolve(account)),
    );
  }
}
