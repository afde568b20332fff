import { expect } from "chai";
import { Signature, type HDNodeWallet, Wallet } from "ethers";
import { ethers, load } from "../support/chain.ts";
import { deployHostileCurrency } from "../support/hostile-currency.ts";
import { expectRefusal } from "../support/refusals.ts";
import { admittedParties, openingCash, type Sheaf } from "../support/sheaf.ts";
import { act } from "../support/test-contract.ts";

describe("The deposit currency", () => {
  let sheaf: Sheaf;

  beforeEach(async () => {
    sheaf = await load(admittedParties);
  });

  it("counts in minor units of two decimals", async () => {
    const { deposits } = sheaf.contracts;
    expect(await deposits.decimals()).to.equal(2n);
    expect(await deposits.symbol()).to.equal("CNY");
  });

  it("is minted by the settlement bank", async () => {
    const { admin, buyer, contracts } = sheaf;
    await admin.deposits.mint(buyer.address, 1_00n);
    expect(await contracts.deposits.balanceOf(buyer.address)).to.equal(openingCash + 1_00n);
  });

  it("takes an approval by signature, once", async () => {
    const { buyer, stranger, contracts, addresses } = sheaf;
    const owner: HDNodeWallet = Wallet.createRandom();
    const { chainId } = await ethers.provider.getNetwork();
    const deadline = 2n ** 40n;
    const signed = await owner.signTypedData(
      {
        name: await contracts.deposits.name(),
        version: "1",
        chainId,
        verifyingContract: addresses.deposits,
      },
      {
        Permit: [
          { name: "owner", type: "address" },
          { name: "spender", type: "address" },
          { name: "value", type: "uint256" },
          { name: "nonce", type: "uint256" },
          { name: "deadline", type: "uint256" },
        ],
      },
      { owner: owner.address, spender: buyer.address, value: 5n, nonce: 0n, deadline },
    );
    const { v, r, s } = Signature.from(signed);
    const permit = (): Promise<unknown> =>
      stranger.deposits.permit(owner.address, buyer.address, 5n, deadline, v, r, s);
    await permit();
    expect(await contracts.deposits.allowance(owner.address, buyer.address)).to.equal(5n);
    await expect(permit()).to.be.revertedWithCustomError(
      contracts.deposits,
      "ERC2612InvalidSigner",
    );
  });
});

describe("Approved currencies", () => {
  let sheaf: Sheaf;

  beforeEach(async () => {
    sheaf = await load(admittedParties);
  });

  it("are numbered from 1", async () => {
    const { contracts, currency } = sheaf;
    expect(await contracts.currencies.numberOf(currency)).to.equal(1n);
    expect(await contracts.currencies.tokenOf(1n)).to.equal(currency);
  });

  it("are approved once: AlreadyApproved", async () => {
    const call = sheaf.admin.currencies.approveCurrency(sheaf.currency);
    await expectRefusal(call, "AlreadyApproved", sheaf.currency);
  });

  it("have at most six decimals, for minor units are counted in 64 bits: TooManyDecimals", async () => {
    const { admin, contracts } = sheaf;
    const token = await deployHostileCurrency();
    const address = await token.getAddress();
    await act(token, "countDecimals", 7n);
    await expectRefusal(admin.currencies.approveCurrency(address), "TooManyDecimals", address, 7n);
    await act(token, "countDecimals", 6n);
    await admin.currencies.approveCurrency(address);
    expect(await contracts.currencies.numberOf(address)).to.equal(2n);
  });

  it("have a number that is known: UnknownCurrency", async () => {
    for (const number of [0n, 2n])
      await expectRefusal(sheaf.contracts.currencies.tokenOf(number), "UnknownCurrency", number);
  });

  it("do not include an account that is no currency", async () => {
    const { admin, stranger, contracts } = sheaf;
    await expect(admin.currencies.approveCurrency(stranger.address)).to.be.revertedWithoutReason(
      ethers,
    );
    expect(await contracts.currencies.numberOf(stranger.address)).to.equal(0n);
  });
});
