import "./lot.css";
import { CheckView } from "./check-view.ts";
import { checkStory } from "./checking.ts";
import { chosenEndpoint, offerChoice } from "./endpoint.ts";
import { readStory } from "./story.ts";

const script = document.getElementById("checker");
if (script !== null) await begin(script.dataset);

async function begin({
  story = "",
  chain = "",
  provenance = "",
  endpoint = "",
}: DOMStringMap): Promise<void> {
  const chosen = chosenEndpoint(endpoint);
  offerChoice(chosen);
  const view = CheckView.of(document, chosen);
  const told = await readStory(story);
  if (told === undefined) {
    view.say("unread");
    return;
  }
  const contract = { chainId: Number(chain), provenance };
  view.show(await checkStory(told, contract, chosen.url));
}
