import { dateOf } from "../../../backend/src/math/calendar.ts";
import { Actor } from "../../api/actor.ts";
import type { Id } from "../../api/resources.ts";
import type { SandboxClient } from "../../api/sandbox-client.ts";
import type { SeasonCast } from "./season-cast.ts";
import type { Grower, Store } from "./season-places.ts";

/** What is nobody's business but the parties': it stays behind its salts. All of it is made up. */
interface Person {
  readonly name: string;
  readonly phone: string;
}

interface Plot extends Person {
  /** Exactly. */
  readonly latitude: string;
  readonly longitude: string;
}

const growers: Readonly<Record<Grower, Plot>> = {
  rice: {
    name: "Wang Xiulan 王秀兰",
    phone: "+86 139 7091 4426",
    latitude: "28.643172",
    longitude: "115.209518",
  },
  eggs: {
    name: "Liu Jianguo 刘建国",
    phone: "+86 138 7092 5537",
    latitude: "29.318264",
    longitude: "115.907731",
  },
  fruit: {
    name: "Chen Guihua 陈桂花",
    phone: "+86 136 7093 6648",
    latitude: "27.804551",
    longitude: "116.123907",
  },
};

const weighers: Readonly<Record<Store, Person>> = {
  granary: { name: "Zhao Minsheng 赵敏生", phone: "+86 135 7094 7759" },
  coldStore: { name: "Sun Weiqiang 孙伟强", phone: "+86 137 7095 8860" },
};

const inspector: Person = { name: "Zhou Lingyun 周凌云", phone: "+86 134 7096 9971" };
const sampler: Person = { name: "Xu Fengnian 徐丰年", phone: "+86 133 7097 1182" };

/** Every name, phone and coordinate in the papers that is not to leave them. */
export const privateFacts: readonly string[] = [
  ...Object.values(growers),
  ...Object.values(weighers),
  inspector,
  sampler,
].flatMap((person) => Object.values<string>({ ...person }));

const certificates = {
  rice: { scheme: "Green Food 绿色食品", number: "LB-03-26071400118A" },
  eggs: { scheme: "Pollution-free produce 无公害农产品", number: "WGH-JX03-2600457" },
  fruit: { scheme: "Green Food 绿色食品", number: "LB-18-26071400342A" },
} as const satisfies Record<Grower, object>;

/** What is looked for, and what is found, as the laboratory writes it. */
const results: Readonly<Record<Grower, Readonly<Record<string, string>>>> = {
  rice: { moisture: "13.8 %", cadmium: "0.04 mg/kg", cadmiumLimit: "0.2 mg/kg" },
  eggs: { salmonella: "not detected in 25 g", enrofloxacin: "not detected" },
  fruit: { brix: "12.6 °Bx", chlorpyrifos: "not detected", chlorpyrifosLimit: "1 mg/kg" },
};

/** Roots of the papers that go with a lot. */
export interface LotPapers {
  readonly certificate: Id;
  readonly testResult: Id;
}

/** The season's certificates, test results and weigh tickets: committed to as a whole, shown in part. */
export class SeasonPapers {
  readonly #certificates = new Map<Grower, Promise<Id>>();

  constructor(
    private readonly client: SandboxClient,
    private readonly parties: SeasonCast["parties"],
  ) {}

  /** @param day civil day of the grading */
  async ofLot(grower: Grower, lot: string, day: number): Promise<LotPapers> {
    let certificate = this.#certificates.get(grower);
    if (certificate === undefined) {
      certificate = this.#certificate(grower, day);
      this.#certificates.set(grower, certificate);
    }
    return { certificate: await certificate, testResult: await this.#testResult(grower, lot, day) };
  }

  /** What a weigh ticket says besides what the ledger has: the root of it goes with the receipt. */
  async ticket(store: Store, grower: Grower, number: string): Promise<Id> {
    const { name, phone, latitude, longitude } = growers[grower];
    const weigher = weighers[store];
    const fields = {
      ticket: number,
      grade: "1",
      scale: "60 t, verified to class III",
      grower: name,
      growerPhone: phone,
      "plot.latitude": latitude,
      "plot.longitude": longitude,
      weigher: weigher.name,
      weigherPhone: weigher.phone,
    };
    return this.#committed(this.parties[store], "receipt", fields, ["grade", "scale"]);
  }

  #certificate(grower: Grower, day: number): Promise<Id> {
    const shown = { ...certificates[grower], validUntil: dateOf(day + 365) };
    const fields = {
      ...shown,
      inspector: inspector.name,
      inspectorPhone: inspector.phone,
      holder: growers[grower].name,
    };
    return this.#committed(this.parties[grower], "certificate", fields, Object.keys(shown));
  }

  #testResult(grower: Grower, lot: string, day: number): Promise<Id> {
    const shown = {
      lot,
      laboratory: "Gannan Agricultural Testing Centre 赣南农产品检测中心",
      sampledOn: dateOf(day - 2),
      ...results[grower],
    };
    const fields = { ...shown, sampler: sampler.name, samplerPhone: sampler.phone };
    return this.#committed(this.parties[grower], "testResult", fields, Object.keys(shown));
  }

  async #committed(
    party: Id,
    kind: "certificate" | "receipt" | "testResult",
    fields: Readonly<Record<string, string>>,
    shown: readonly string[],
  ): Promise<Id> {
    const actor = new Actor(this.client.as(party));
    const root = await actor.commitDocument(kind, fields);
    await actor.discloseFields(root, shown);
    return root;
  }
}
