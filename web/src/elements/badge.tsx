import type { ReactNode } from "react";

export type Tone = "plain" | "good" | "busy" | "warm" | "bad";

export function Badge({
  tone = "plain",
  children,
}: {
  tone?: Tone;
  children: ReactNode;
}): ReactNode {
  return <span className={`badge badge-${tone}`}>{children}</span>;
}
