import { isIP } from "node:net";
import { isPublicAddress } from "./public-address.ts";

/** Why an address cannot be a webhook's, in words; undefined for one that can. */
export function faultOfUrl(
  text: string,
  { plain, privateAddresses }: { readonly plain: boolean; readonly privateAddresses: boolean },
): string | undefined {
  const url = URL.parse(text);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    return `must be ${plain ? "an http or https" : "an https"} address`;
  }
  if (url.protocol !== "https:" && !plain) return "must be an https address";
  if (url.username !== "" || url.password !== "") return "must hold no name and no password";
  if (url.hash !== "") return "must have no fragment";
  const host = url.hostname.replace(/^\[|\]$/g, "");
  const isPrivate = isIP(host) === 0 ? /(^|\.)localhost\.?$/i.test(host) : !isPublicAddress(host);
  return isPrivate && !privateAddresses ? "must be reachable from the internet" : undefined;
}
