const written = /^(-?)(\d+)(?:\.(\d+))?$/;

/** A decimal number of any length: sums of what was written are exact. */
export class ExactDecimal {
  static readonly zero = new ExactDecimal(0n, 0);

  private constructor(
    private readonly digits: bigint,
    private readonly decimals: number,
  ) {}

  /** @param text `-12.50`: no exponent */
  static of(text: string): ExactDecimal {
    const match = written.exec(text);
    if (match === null) throw new Error(`${text} is no plain decimal number.`);
    const [, sign = "", whole = "", fraction = ""] = match;
    return new ExactDecimal(BigInt(sign + whole + fraction), fraction.length);
  }

  plus(other: ExactDecimal): ExactDecimal {
    const decimals = Math.max(this.decimals, other.decimals);
    return new ExactDecimal(this.#at(decimals) + other.#at(decimals), decimals);
  }

  minus(other: ExactDecimal): ExactDecimal {
    return this.plus(new ExactDecimal(-other.digits, other.decimals));
  }

  times(other: ExactDecimal): ExactDecimal {
    return new ExactDecimal(this.digits * other.digits, this.decimals + other.decimals);
  }

  isMoreThan(other: ExactDecimal): boolean {
    return this.minus(other).digits > 0n;
  }

  /** Without needless zeros. */
  toString(): string {
    const digits = (this.digits < 0n ? -this.digits : this.digits)
      .toString()
      .padStart(this.decimals + 1, "0");
    const whole = digits.slice(0, digits.length - this.decimals);
    const fraction = digits.slice(digits.length - this.decimals).replace(/0+$/, "");
    return `${this.digits < 0n ? "-" : ""}${whole}${fraction === "" ? "" : `.${fraction}`}`;
  }

  #at(decimals: number): bigint {
    return this.digits * 10n ** BigInt(decimals - this.decimals);
  }
}
