import { Children, type ReactNode } from "react";

/** Short remarks on one line, a dot between them; what is null is left out. */
export function Joined({ children }: { children: ReactNode }): ReactNode {
  return Children.map(children, (child) =>
    child === null || child === false || child === "" ? null : (
      <span className="joined">{child}</span>
    ),
  );
}
