import { useEffect } from "react";

/** What the browser calls the page while this is on screen. */
export function useTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}
