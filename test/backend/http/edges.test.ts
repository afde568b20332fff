import { expect } from "chai";
import { encodeBytes32String, hexlify, randomBytes } from "ethers";
import { Contracts } from "../../../backend/src/chain/contracts.ts";
import { receivableIdOf } from "../../../backend/src/chain/claim-ids.ts";
import { Sender } from "../../support/bad-requests/sending.ts";
import { Client } from "../../support/client.ts";
import { acceptedOrder, delivered, orderBody } from "../../support/trade-acts.ts";
import { made, refusal, startTrade, type Trade } from "../../support/trade.ts";
import { free, sent, walletOf } from "../../support/trade-wallets.ts";
