import type { ReactNode } from "react";
import { Badge } from "../../elements/badge.tsx";
import { useWords } from "../../language/language.tsx";

export function LienBadge({ isEncumbered }: { isEncumbered: boolean }): ReactNode {
  const words = useWords();
  return isEncumbered ? (
    <Badge tone="warm">
      <svg viewBox="0 0 12 12" className="badge-icon" aria-hidden="true">
        <path d="M3 5V4a3 3 0 0 1 6 0v1h.5c.3 0 .5.2.5.5v5c0 .3-.2.5-.5.5h-7a.5.5 0 0 1-.5-.5v-5c0-.3.2-.5.5-.5Zm1.3 0h3.400V4a1.7 1.7 0 0 0-3.4 0Z" />
      </svg>
      {words.underLien}
    </Badge>
  ) : null;
}
