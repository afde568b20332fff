import { html, type Html } from "./html.ts";
import { nameIn } from "./journey.ts";
import type { Tongue } from "./language.ts";
import type { Frame } from "./page-frame.ts";
import type { Story } from "./story.ts";

/** How to check it, what a check cannot tell, and where else to ask. */
export function proof(story: Story, tongue: Tongue, { address }: Frame): Html {
  const { proof: words } = tongue.words;
  const { chainId, provenance } = story.contracts;
  return html`<section class="card how" aria-labelledby="how">
    <h2 id="how">${words.title}</h2>
    <ol>
      ${words.how.map((step) => html`<li>${step}</li>`)}
    </ol>
    <p class="limit">${words.limit}</p>
    <ul class="gaps">
      ${story.gaps.map(({ party, first, last, shown }) => {
        const name = nameIn(story, party, tongue);
        const missing = last - first + 1 - shown;
        return html`<li>
          ${missing === 0 ? words.noGap(name) : words.gap(name, ...([first, last, missing].map((value) => tongue.number(value)) as [string, string, string]))}
        </li>`;
      })}
    </ul>
    <dl>
      <div>
        <dt>${words.chain(chainId)}</dt>
        <dd><span>${words.contract}</span> <code>${provenance}</code></dd>
      </div>
    </dl>
    <p class="links">
      <a href="${address}?linkType=gs1:traceability">${words.data}</a>
      <a href="${address}?linkType=linkset">${words.linkset}</a>
    </p>
    <form class="endpoint" id="endpoint" hidden>
      <fieldset>
        <legend>${words.endpoint.title}</legend>
        <label for="rpc">${words.endpoint.label}</label>
        <input
          id="rpc"
          name="rpc"
          type="url"
          inputmode="url"
          placeholder="https://"
          autocomplete="off"
          spellcheck="false"
          maxlength="500"
          required
        />
        <button type="submit">${words.endpoint.use}</button>
        <button type="button" id="ours" hidden>${words.endpoint.ours}</button>
        <p class="note">${words.endpoint.note}</p>
      </fieldset>
    </form>
  </section>`;
}
