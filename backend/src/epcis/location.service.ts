import { Injectable } from "@nestjs/common";
import { In } from "typeorm";
import { PartyDirectory } from "../auth/party-directory.ts";
import { Database } from "../database/database.ts";
import { BadInput } from "../http/bad-input.ts";
import { mapPage, pageOf, type Page } from "../http/paging.ts";
import { EpcisLocationRow } from "./epcis.entity.ts";
import { faultOfKey } from "../proof/gs1-key.ts";
import { keyOf } from "./links.ts";
import type { LocationDto, LocationQuery, RegisterLocationDto } from "./location.dto.ts";

const glnBase = "https://id.gs1.org/414/";

/** Who may say something about a place. */
@Injectable()
export class LocationService {
  constructor(
    private readonly database: Database,
    private readonly parties: PartyDirectory,
  ) {}

  async list(query: LocationQuery): Promise<Page<LocationDto>> {
    const { party } = query;
    const page = await pageOf(this.database.read, EpcisLocationRow, query, ["uri"], (rows) => {
      if (party !== undefined) rows.andWhere("row.party = :party", { party });
    });
    return mapPage(page, ({ uri, party: owner, name, region, point }) => ({
      ...{ uri, party: owner, name, region, point },
    }));
  }

  /** @throws BadInput for what cannot be a place, or an unknown party */
  async register(input: RegisterLocationDto): Promise<LocationDto> {
    const { uri, party, name, region = null, point = null } = input;
    const isPrefix = isGlnPrefix(uri) || /[/:#]$/.test(uri);
    const fault = isPrefix ? undefined : faultOfKey(uri);
    if (fault !== undefined) throw BadInput.at("/uri", fault);
    if (!/^[A-Za-z][A-Za-z0-9+.-]*:\S+$/.test(uri) || /^https?:\/\/[^/]*\/?$/.test(uri)) {
      throw BadInput.at("/uri", "must be a GLN, a beginning of GLNs, or a namespace with a path");
    }
    if ((await this.parties.find(party)) === undefined) {
      throw BadInput.at("/party", "is no party here");
    }
    const row = { uri: isPrefix ? uri : keyOf(uri), party, name, region, point };
    await this.database.write((manager) => manager.upsert(EpcisLocationRow, row, ["uri"]));
    return row;
  }

  /**
   * The party of each place, by its canonical key: that of the longest registered beginning. A place that is a point
   * on the map (`geo:`) is nobody's, and left out as those are that nobody has registered.
   */
  async ownersOf(places: readonly string[]): Promise<Map<string, string>> {
    const candidates = new Map(places.map((place) => [place, beginningsOf(place)]));
    const wanted = [...new Set([...candidates.values()].flat())];
    const parties = new Map<string, string>();
    for (let at = 0; at < wanted.length; at += 500) {
      const rows = await this.database.read.findBy(EpcisLocationRow, {
        uri: In(wanted.slice(at, at + 500)),
      });
      for (const { uri, party } of rows) parties.set(uri, party);
    }
    return new Map(
      [...candidates].flatMap(([place, uris]) => {
        const owner = uris.map((uri) => parties.get(uri)).find((party) => party !== undefined);
        return owner === undefined ? [] : [[place, owner] as const];
      }),
    );
  }
}

function isGlnPrefix(uri: string): boolean {
  return uri.startsWith(glnBase) && /^\d{4,12}$/.test(uri.slice(glnBase.length));
}

/** Under which a place may be registered, the longest first. */
export function beginningsOf(place: string): string[] {
  const namespaces = [...place.matchAll(/[/:#]/g)].map(({ index }) => place.slice(0, index + 1));
  const paths = [...place.matchAll(/\//g)].map(({ index }) => place.slice(0, index));
  const gln = place.startsWith(glnBase) ? place.slice(glnBase.length, glnBase.length + 12) : "";
  const prefixes = Array.from(gln, (_, index) => glnBase + gln.slice(0, index + 1)).slice(3);
  return [place, ...namespaces, ...paths, ...prefixes].sort((a, b) => b.length - a.length);
}
