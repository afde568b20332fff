import { JsonRpcProvider, type JsonRpcPayload, type JsonRpcResult } from "ethers";

/** ethers' own way to the node; a connection that the node closed just as it was used again is replaced once. */
export class NodeConnection extends JsonRpcProvider {
  constructor(url: string, chainId: number) {
    super(url, chainId, { staticNetwork: true, batchMaxCount: 1, cacheTimeout: -1 });
  }

  override async _send(payload: JsonRpcPayload | JsonRpcPayload[]): Promise<JsonRpcResult[]> {
    try {
      return await super._send(payload);
    } catch (error) {
      if (!/socket hang up|ECONNRESET/.test(String(error))) throw error;
      return super._send(payload);
    }
  }
}
