import { setTimeout as sleep } from "node:timers/promises";
import { Logger } from "@nestjs/common";
import { NetworkUnreachable } from "./network-unreachable.ts";

const shortest = 100;
const longest = 5000;

/**
 * Does what needs the network, again and again while no node answers: after 0.1 s, then twice as long each time, to 5 s.
 * For a start, before anybody relies on this process.
 *
 * @param within milliseconds after which it is given up
 * @throws whatever `work` throws that is not for want of an answer, or that is so at the end of its time
 */
export async function awaitingNetwork<T>(within: number, work: () => Promise<T>): Promise<T> {
  const log = new Logger("Start");
  const end = Date.now() + within;
  for (let wait = shortest; ; wait = Math.min(2 * wait, longest)) {
    try {
      return await work();
    } catch (error) {
      const left = end - Date.now();
      if (!(error instanceof NetworkUnreachable) || left <= 0) throw error;
      const seconds = Math.ceil(left / 1000);
      log.warn(`The network does not answer; trying for another ${seconds} s. ${error.message}`);
      await sleep(Math.min(wait, left));
    }
  }
}
