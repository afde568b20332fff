const kept = "sheaf-node";

/** Where the chain is asked. */
export interface Endpoint {
  readonly url: string;
  readonly isOwn: boolean;
}

/**
 * The visitor's own choice where there is one, else `usual`. The address of the page names only its origin, for the
 * page's policy; the whole, which may hold a key, stays in this tab. So a link alone chooses nothing for anybody.
 */
export function chosenEndpoint(usual: string): Endpoint {
  const origin = new URL(location.href).searchParams.get("rpc");
  const url = sessionStorage.getItem(kept);
  const isChosen = origin !== null && url !== null && originOf(url) === origin;
  return isChosen ? { url, isOwn: true } : { url: usual, isOwn: false };
}

/** Lets the visitor ask another node. */
export function offerChoice({ url, isOwn }: Endpoint): void {
  const form = document.querySelector<HTMLFormElement>("#endpoint");
  const input = document.querySelector<HTMLInputElement>("#rpc");
  const ours = document.querySelector<HTMLButtonElement>("#ours");
  if (form === null || input === null || ours === null) return;
  form.hidden = false;
  ours.hidden = !isOwn;
  if (isOwn) input.value = url;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const origin = originOf(input.value);
    if (origin === undefined) return;
    sessionStorage.setItem(kept, input.value);
    go(origin);
  });
  ours.addEventListener("click", () => {
    sessionStorage.removeItem(kept);
    go(undefined);
  });
}

function go(origin: string | undefined): void {
  const address = new URL(location.href);
  if (origin === undefined) address.searchParams.delete("rpc");
  else address.searchParams.set("rpc", origin);
  address.hash = "check";
  if (address.href === location.href) location.reload();
  else location.assign(address.href);
}

function originOf(url: string): string | undefined {
  return /^https?:\/\//.test(url) && URL.canParse(url) ? new URL(url).origin : undefined;
}
