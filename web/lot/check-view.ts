import type { Finding, Findings } from "./checking.ts";
import type { Endpoint } from "./endpoint.ts";
import { textsFor, type Counts, type Texts } from "./texts.ts";

/** What the page shows of the check. */
export class CheckView {
  private constructor(
    private readonly page: Document,
    private readonly texts: Texts,
    private readonly endpoint: Endpoint,
  ) {}

  /** Says that the check is under way. */
  static of(page: Document, endpoint: Endpoint): CheckView {
    const view = new CheckView(page, textsFor(page.documentElement.lang), endpoint);
    view.#verdict("running");
    return view;
  }

  show({ whole, events }: Findings): void {
    const count = (verdict: Finding["verdict"]): number =>
      events.filter((event) => event.verdict === verdict).length;
    const counts = {
      all: events.length,
      verified: count("verified") + count("sealed"),
      pending: count("pending"),
      broken: count("broken"),
    };
    const found = new Map(events.map((event) => [event.sha256, event]));
    const steps = [...this.page.querySelectorAll<HTMLElement>("[data-event]")];
    let strange = 0;
    for (const step of steps) {
      const finding = found.get(step.dataset["event"] ?? "");
      if (finding === undefined) strange += 1;
      this.#mark(step, finding);
    }
    const broken = counts.broken + strange;
    this.say(broken > 0 ? "broken" : whole, { ...counts, broken });
  }

  say(
    whole: keyof Texts["whole"],
    counts: Counts = { all: 0, verified: 0, pending: 0, broken: 0 },
  ): void {
    this.#verdict(whole, this.texts.whole[whole](counts));
    const asked = this.page.querySelector<HTMLElement>(".asked");
    if (asked === null || whole === "unread") return;
    const { host } = new URL(this.endpoint.url, location.href);
    asked.textContent = this.endpoint.isOwn ? this.texts.askedOwn(host) : this.texts.asked(host);
    asked.hidden = false;
  }

  #verdict(state: string, text?: string): void {
    const check = this.page.getElementById("check");
    const verdict = this.page.querySelector<HTMLElement>(".verdict");
    if (check === null || verdict === null) return;
    const waiting = this.page.querySelector<HTMLElement>(".waiting");
    if (waiting !== null) waiting.hidden = true;
    check.dataset["state"] = state;
    if (text !== undefined) verdict.textContent = text;
    verdict.hidden = false;
  }

  #mark(step: HTMLElement, finding: Finding | undefined): void {
    const mark = step.querySelector<HTMLElement>(".mark");
    if (mark === null) return;
    const verdict = finding?.verdict ?? "broken";
    mark.dataset["mark"] = verdict;
    mark.textContent = this.texts.verdicts[verdict];
    if (verdict === "broken") this.#explain(step, finding);
    const captured = finding?.event.event;
    if (captured === undefined || captured === null) return;
    const title = this.page.createElement("p");
    title.textContent = this.texts.captured;
    const text = this.page.createElement("pre");
    text.textContent = JSON.stringify(captured, undefined, 2);
    text.tabIndex = 0;
    step.querySelector("details.proof")?.append(title, text);
  }

  #explain(step: HTMLElement, finding: Finding | undefined): void {
    const why = this.page.createElement("p");
    why.className = "warning";
    const { fault } = finding ?? {};
    why.textContent = fault === undefined ? this.texts.strange : this.texts.faults[fault];
    step.classList.add("broken");
    step.querySelector(".by")?.after(why);
  }
}
