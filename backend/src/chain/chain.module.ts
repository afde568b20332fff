import { Global, Module, type DynamicModule, type OnApplicationShutdown } from "@nestjs/common";
import { Chain } from "./chain.ts";
import { ChainClock } from "./clock.ts";
import { Contracts } from "./contracts.ts";
import { Signer } from "./signer.ts";

/** What of the chain is the same for the whole life of the process. */
export interface ChainParts {
  readonly chain: Chain;
  readonly signer: Signer;
  readonly clock: ChainClock;
}

@Global()
@Module({})
export class ChainModule implements OnApplicationShutdown {
  constructor(
    private readonly chain: Chain,
    private readonly signer: Signer,
  ) {}

  static of(parts: ChainParts): DynamicModule {
    const providers = [
      { provide: Chain, useValue: parts.chain },
      { provide: Contracts, useValue: parts.chain.contracts },
      { provide: Signer, useValue: parts.signer },
      { provide: ChainClock, useValue: parts.clock },
    ];
    return { module: ChainModule, providers, exports: providers.map(({ provide }) => provide) };
  }

  onApplicationShutdown(): void {
    this.chain.rpc.destroy();
    this.signer.destroy();
  }
}
