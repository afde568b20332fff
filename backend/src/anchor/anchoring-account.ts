/** The account that anchors. It has the role for that, and no other. */
export class AnchoringAccount {
  /** @param address undefined where the backend was given none: events stay pending */
  constructor(readonly address: string | undefined) {}
}
