import { expect } from "chai";
import { Documented } from "../../support/documented.ts";

describe("The check of answers against the OpenAPI document", function () {
  this.timeout(30_000);
  let documented: Documented;

  before(async () => {
    documented = await Documented.read();
  });

  const key = `0x${"2".repeat(40)}`;
  const person = { account: key, rank: "owner" };
  const me = { id: `0x${"1".repeat(40)}`, key, roles: ["buyer"], person };
  const faultOf = (body: unknown, changes: object = {}): string | undefined =>
    documented.faultOf({
      method: "GET",
      path: "/api/v1/auth/me",
      status: 200,
      contentType: "application/json; charset=utf-8",
      body: JSON.stringify(body),
      ...changes,
    });
  const problem = { type: "/problems/X", title: "X", status: 404, detail: "X.", code: "X" };
  const refused = { status: 404, contentType: "application/problem+json" };

  it("passes what is documented", () => {
    expect(faultOf(me)).to.equal(undefined);
    expect(faultOf(problem, refused)).to.equal(undefined);
  });

  it("tells what is not", () => {
    expect(faultOf({ ...me, more: 1 })).to.include("unevaluated");
    expect(faultOf({ id: me.id })).to.include("required property 'key'");
    expect(faultOf({ ...me, person: { ...person, more: 1 } })).to.include("unevaluated");
    expect(faultOf({ ...me, roles: ["king"] })).to.include("allowed values");
    expect(faultOf(me, { status: 201 })).to.include("no such status");
    expect(faultOf(me, { contentType: "text/plain" })).to.include("no such content type");
    expect(faultOf(me, { path: "/api/v1/auth/mine" })).to.include("no such operation");
    expect(faultOf({ ...problem, stack: "at" }, refused)).to.include("unevaluated");
    expect(faultOf({ ...problem, detail: "{id} is" }, refused)).to.include("lacks a value");
  });
});
