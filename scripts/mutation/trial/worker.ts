// A process that has loaded all contract tests and runs them again and again, each time with other
// bytecode: what it costs to start Hardhat and to read the tests is paid once.
import { join } from "node:path";
import Mocha, { type Suite } from "mocha";
import { deployInstead } from "../../solidity/deployment.ts";
import { ContractsDriver } from "../../stories/contracts-driver.ts";
import { tellStories } from "../../stories/run.ts";
import type { Answer, Question } from "./question.ts";

const [root = ".", ...files] = process.argv.slice(2);
let instead: ReadonlyMap<string, string> = new Map();

deployInstead((original) => instead.get(original));

const mocha = new Mocha({ ui: "bdd", bail: true, timeout: 60_000, reporter: "dot" });
mocha.cleanReferencesAfterRun(false);
for (const file of files) mocha.addFile(join(root, file));
await mocha.loadFilesAsync();
const suites: readonly Suite[] = mocha.suite.suites;

process.on("message", (question: Question) => {
  void answer(question).then((told) => process.send?.(told));
});
process.once("disconnect", () => process.exit());
process.send?.("ready");

async function answer({ instead: replaced, files: wanted, stories }: Question): Promise<Answer> {
  instead = new Map(replaced);
  const paths = wanted.map((file) => join(root, file));
  mocha.suite.suites = paths.flatMap((path) => suites.filter(({ file }) => file === path));
  const noticed = await firstFailure();
  if (noticed !== undefined) return noticed;
  const results = await tellStories({
    files: stories.map((story) => join(root, story)),
    openDriver: () => ContractsDriver.open(),
  });
  const story = results.find(({ passed }) => !passed);
  return { file: story?.file, test: undefined };
}

function firstFailure(): Promise<Answer | undefined> {
  return new Promise((resolve) => {
    let failure: Answer | undefined;
    const runner = mocha.run(() => {
      resolve(failure);
    });
    runner.once("fail", (test) => {
      failure = { file: test.file?.slice(root.length + 1), test: test.fullTitle() };
    });
  });
}
