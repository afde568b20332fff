import { network } from "hardhat";

/** A local Hardhat network in a process of its own, so that its memory is its own; it ends with its parent. */
const [port = "0", startAt = ""] = process.argv.slice(2);

const server = await network.createServer(
  { network: "sandbox", override: startAt === "" ? {} : { initialDate: startAt } },
  "127.0.0.1",
  Number(port),
);
try {
  const address = await server.listen();
  process.send?.({ port: address.port });
} catch (error) {
  process.send?.({ failure: error instanceof Error ? error.message : String(error) });
}
process.once("disconnect", () => process.exit(0));
process.on("SIGINT", () => undefined);
