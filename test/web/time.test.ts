import { expect } from "chai";
import {
  clockOf,
  dayInWords,
  dayOf,
  daysBetween,
  daysLater,
  onDay,
} from "../../web/src/format/time.ts";

const time = "2026-10-05T00:30:00+08:00";

describe("days on the page", () => {
  it("are those of the deployment's offset, wherever the phone is", () => {
    expect(dayOf(time)).to.equal("2026-10-05");
    expect(clockOf(time)).to.equal("00:30");
    expect(dayInWords(time, "en")).to.equal("5 Oct 2026");
    expect(dayInWords(time, "zh")).to.equal("2026年10月5日");
  });

  it("are counted as civil days, whatever the clock says", () => {
    expect(daysBetween("2026-10-05T23:59:59+08:00", "2026-10-06T00:00:01+08:00")).to.equal(1);
    expect(daysBetween(time, "2026-12-01")).to.equal(57);
    expect(daysBetween("2026-12-01", time)).to.equal(-57);
  });

  it("move forward with clock and offset kept, across months and leap days", () => {
    expect(daysLater(time, 30)).to.equal("2026-11-04T00:30:00+08:00");
    expect(daysLater("2028-02-28T10:00:00+08:00", 1)).to.equal("2028-02-29T10:00:00+08:00");
    expect(onDay(time, "2026-12-24")).to.equal("2026-12-24T00:30:00+08:00");
  });

  it("have no clock where a date stands alone", () => {
    expect(clockOf("2026-10-05")).to.equal("");
  });
});
