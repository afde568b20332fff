import { measure } from "./measure.ts";
import { isEnough, textReport } from "./report.ts";

const measured = await measure(process.argv.slice(2));
console.log(textReport(measured));
if (measured.failedTests > 0) console.error(`\n${measured.failedTests} tests failed.`);
process.exitCode = measured.failedTests === 0 && isEnough(measured) ? 0 : 1;
