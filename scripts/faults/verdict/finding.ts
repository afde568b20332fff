/** What is wrong, by the verdict that noticed it. */
export interface Finding {
  readonly verdict:
    | "lost"
    | "doubled"
    | "cash"
    | "unsettled"
    | "nonces"
    | "state"
    | "webhooks"
    | "anchors"
    | "processes"
    | "surprise";
  readonly says: string;
}
