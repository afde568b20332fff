// Progress goes to stderr: a task's own output (`replay --json`) can be piped.
const mark = process.stderr.isTTY ? { dim: "\x1b[2m", plain: "\x1b[0m" } : { dim: "", plain: "" };

export function say(text) {
  process.stderr.write(`${mark.dim}${text}${mark.plain}\n`);
}

export function explain(problem) {
  process.stderr.write(`${problem instanceof Error ? problem.message : problem}\n`);
}

export async function timed(text, work) {
  const start = performance.now();
  say(`${text} ...`);
  const result = await work();
  if (result === 0) say(`  done in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  return result;
}
