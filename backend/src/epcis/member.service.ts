import { Injectable } from "@nestjs/common";
import { isOperator, type Actor } from "../auth/actor.ts";
import { DomainError } from "../chain/domain-error.ts";
import { Database } from "../database/database.ts";
import { BadInput } from "../http/bad-input.ts";
import { EpcisMemberRow, type MemberKind } from "./epcis.entity.ts";
import { keyOf, termOf } from "./links.ts";
import { anyThing, readPaging, type RawQuery } from "./query-parameters.ts";
import { asBareWord, type VocabularyName } from "../proof/vocabulary.ts";

const vocabularyOf: Readonly<Partial<Record<MemberKind, VocabularyName>>> = {
  bizSteps: "bizStep",
  dispositions: "disposition",
};

/** The parameter of SimpleEventQuery that asks for one value of a resource. */
const parameterOf: Readonly<Record<MemberKind, string>> = {
  epcs: "MATCH_anyEPC",
  bizSteps: "EQ_bizStep",
  bizLocations: "EQ_bizLocation",
  readPoints: "EQ_readPoint",
  dispositions: "EQ_disposition",
  eventTypes: "eventType",
};

@Injectable()
export class MemberService {
  constructor(private readonly database: Database) {}

  /** Of the caller's own events; of all events, to the operator. */
  async list(
    by: Actor,
    kind: MemberKind,
    query: RawQuery,
  ): Promise<{ values: string[]; nextPageToken: string | undefined }> {
    const { perPage, nextPageToken } = readPaging(query);
    const rows = this.database.read
      .createQueryBuilder(EpcisMemberRow, "member")
      .select("member.uri", "uri")
      .distinct()
      .where("member.kind = :kind", { kind })
      .orderBy("member.uri")
      .limit(perPage + 1);
    if (!isOperator(by)) rows.andWhere("member.party = :party", { party: by.id });
    if (nextPageToken !== undefined) {
      rows.andWhere("member.uri > :after", { after: readToken(nextPageToken) });
    }
    const found = await rows.getRawMany<{ uri: string }>();
    const uris = found.slice(0, perPage).map(({ uri }) => uri);
    const last = found.length > perPage ? uris.at(-1) : undefined;
    const vocabulary = vocabularyOf[kind];
    return {
      values: uris.map((uri) => (vocabulary === undefined ? uri : asBareWord(vocabulary, uri))),
      nextPageToken: last === undefined ? undefined : Buffer.from(last).toString("base64url"),
    };
  }

  /** @throws DomainError `NotFound` for a value that no event has had */
  async require(kind: MemberKind, value: string): Promise<void> {
    const vocabulary = vocabularyOf[kind];
    const uri = vocabulary === undefined ? keyOf(value) : termOf(vocabulary, value);
    const isKnown = await this.database.read.existsBy(EpcisMemberRow, { kind, uri });
    if (!isKnown) throw new DomainError("NotFound");
  }

  /**
   * The query for the events of one value.
   * @throws DomainError `NotFound`; BadInput for a parameter that the address has already given
   */
  async narrow(kind: MemberKind, value: string, query: RawQuery): Promise<RawQuery> {
    await this.require(kind, value);
    const parameter = parameterOf[kind];
    if (kind !== "epcs") {
      if (query[parameter] === undefined) return { ...query, [parameter]: value };
    } else if (query["MATCH_anyEPC"] === undefined && query["MATCH_anyEPCClass"] === undefined) {
      return { ...query, [anyThing]: value };
    }
    const detail = "is given by the address already";
    throw new BadInput([{ parameter, detail }], "EpcisQueryParameter");
  }
}

function readToken(token: string): string {
  const uri = Buffer.from(token, "base64url").toString();
  if (uri.includes(":") && Buffer.from(uri).toString("base64url") === token) return uri;
  const detail = "must be that of an earlier page of the same list";
  throw new BadInput([{ parameter: "nextPageToken", detail }], "EpcisQueryParameter");
}
