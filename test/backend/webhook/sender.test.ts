import { expect } from "chai";
import { isPublicAddress } from "../../../backend/src/webhook/public-address.ts";
import { Sender } from "../../../backend/src/webhook/sender.ts";
import { newSecret } from "../../../backend/src/webhook/signature.ts";
import { faultOfUrl } from "../../../backend/src/webhook/webhook-url.ts";
import { startReceiver, verified, type Receiver } from "../../support/receiver.ts";

const message = { id: "evt_1", body: '{"type":"test","data":"薯 ü"}' };
const open = new Sender({ privateAddresses: true, timeLimit: 300 });
const careful = new Sender({ privateAddresses: false, timeLimit: 300 });

describe("The sender of webhooks", () => {
  let receiver: Receiver;

  beforeEach(async () => {
    receiver = await startReceiver();
  });

  afterEach(() => receiver.close());

  it("signs as the specification's own library verifies, by the new and the former secret", async () => {
    const secrets = [newSecret(), newSecret()];
    const { status, fault } = await open.send(receiver.url, message, secrets);
    expect({ status, fault }).to.deep.equal({ status: 204, fault: null });
    const [request] = receiver.received;
    for (const secret of secrets) expect(verified(request!, secret).type).to.equal("test");
    expect(() => verified(request!, newSecret())).to.throw(/No matching signature/);
    const changed = { ...request!, body: request!.body.replace("ü", "u") };
    expect(() => verified(changed, secrets[0]!)).to.throw(/No matching signature/);
  });

  it("takes no redirect for an answer, and does not follow it", async () => {
    receiver.answer(() => ({ status: 307, headers: { location: receiver.url } }));
    const { status, fault } = await open.send(receiver.url, message, [newSecret()]);
    expect({ status, fault }).to.deep.equal({ status: 307, fault: "answered 307" });
    expect(receiver.received).to.have.length(1);
  });

  it("waits no longer than its limit", async () => {
    receiver.answer(() => ({ status: 204, after: 2000 }));
    const { status, fault } = await open.send(receiver.url, message, [newSecret()]);
    expect({ status, fault }).to.deep.equal({ status: null, fault: "no answer within 0.3 s" });
  });

  it("reads when the receiver wants to be asked again, in seconds or as a date", async () => {
    const later = new Date(Date.now() + 90_000).toUTCString();
    for (const [given, least, most] of [
      ["90", 90_000, 90_000],
      [later, 87_000, 90_000],
      ["99999999", 86_400_000, 86_400_000],
      ["soon", 0, 0],
      ["-5", 0, 0],
    ] as const) {
      receiver.answer(() => ({ status: 503, headers: { "retry-after": given } }));
      const { retryAfter } = await open.send(receiver.url, message, [newSecret()]);
      expect(retryAfter, given).to.be.within(least, most);
    }
  });

  it("connects to no private address, however it is written or named", async () => {
    const { port } = receiver;
    const hosts = [
      "127.0.0.1",
      "localhost",
      "2130706433",
      "0x7f000001",
      "0x7f.1",
      "0177.0.0.1",
      "127.1",
      "0.0.0.0",
      "[::]",
      "[::1]",
      "[::ffff:127.0.0.1]",
      "[::ffff:7f00:1]",
      "[64:ff9b::7f00:1]",
      "[2002:7f00:1::]",
    ];
    for (const host of hosts) {
      const url = `http://${host}:${port}/hook`;
      const { status, fault } = await careful.send(url, message, [newSecret()]);
      expect(status, host).to.equal(null);
      expect(fault, host).to.match(/is no public address/);
    }
    expect(receiver.connections).to.equal(0);
    await open.send(`http://localhost:${port}/hook`, message, [newSecret()]);
    expect(receiver.connections).to.equal(1);
  });
});

describe("The address of a webhook", () => {
  it("is public or not as IANA's registries say", () => {
    const lists = {
      no: [
        "0.1.2.3",
        "10.0.0.1",
        "100.64.0.1",
        "127.255.255.254",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "198.19.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::127.0.0.1",
        "::ffff:10.0.0.1",
        "::ffff:8.8.8.8",
        "64:ff9b::a00:1",
        "100::1",
        "2001::1",
        "2001:db8::1",
        "2002:a00:1::1",
        "fc00::1",
        "fd12::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "example.com",
        "",
      ],
      yes: ["8.8.8.8", "1.1.1.1", "172.15.0.1", "172.32.0.1", "100.128.0.1", "2606:4700::1111"],
    };
    for (const address of lists.no) expect(isPublicAddress(address), address).to.equal(false);
    for (const address of lists.yes) expect(isPublicAddress(address), address).to.equal(true);
  });

  it("is https, public, and holds no password, outside the sandbox", () => {
    const production = { plain: false, privateAddresses: false };
    const fault = (url: string): string | undefined => faultOfUrl(url, production);
    expect(fault("https://erp.example.com/hook?a=b")).to.equal(undefined);
    expect(fault("http://erp.example.com/")).to.match(/https/);
    expect(fault("ftp://erp.example.com/")).to.match(/https/);
    expect(fault("erp.example.com")).to.match(/https/);
    expect(fault("https://me:secret@erp.example.com/")).to.match(/password/);
    expect(fault("https://erp.example.com/#there")).to.match(/fragment/);
    for (const host of ["localhost", "LOCALHOST.", "a.localhost", "0x7f.1", "[::1]", "10.1.2.3"]) {
      expect(fault(`https://${host}/`), host).to.match(/internet/);
    }
    expect(faultOfUrl("http://10.1.2.3/", { plain: true, privateAddresses: true })).to.equal(
      undefined,
    );
  });
});
