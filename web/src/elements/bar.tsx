import type { ReactNode } from "react";
import { percentage } from "../format/decimal.ts";

export interface BarPart {
  name: string;
  amount: string;
}

/** Parts of a whole, side by side. What it shows must also stand in words nearby. */
export function Bar({ whole, parts }: { whole: string; parts: BarPart[] }): ReactNode {
  return (
    <span className="bar" aria-hidden="true">
      {parts.map(({ name, amount }) => (
        <span
          key={name}
          className={`bar-part bar-${name}`}
          style={{ width: `${percentage(amount, whole)}%` }}
        />
      ))}
    </span>
  );
}
