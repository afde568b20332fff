import { useCallback, useEffect, useRef, useState } from "react";
import { onChange } from "./changes.ts";
import { asProblem, type Problem } from "./problem.ts";

/** Items of a list that are shown at a time. */
export const pageSize = 20;

interface Loaded<T> {
  key: string;
  data: T | undefined;
  problem: Problem | undefined;
}

export interface Resource<T> {
  data: T | undefined;
  /** Stays beside older data when a later look has failed. */
  problem: Problem | undefined;
  reload: () => void;
}

/**
 * Loads what `key` names, and again whenever something has changed; data stays on screen meanwhile.
 * With `null` as key nothing is loaded.
 */
export function useResource<T>(
  key: string | null,
  load: (signal: AbortSignal) => Promise<T>,
): Resource<T> {
  const [loaded, setLoaded] = useState<Loaded<T>>();
  const loader = useRef(load);
  const again = useRef<() => void>(() => undefined);

  useEffect(() => {
    loader.current = load;
  });

  useEffect(() => {
    if (key === null) return;
    const controller = new AbortController();
    const { signal } = controller;
    let isLoading = false;
    let hasChanged = false;

    const look = async (): Promise<void> => {
      hasChanged = isLoading;
      if (isLoading) return;
      isLoading = true;
      try {
        const data = await loader.current(signal);
        if (!signal.aborted) setLoaded({ key, data, problem: undefined });
      } catch (thrown) {
        const problem = asProblem(thrown);
        if (!signal.aborted)
          setLoaded((old) => ({ key, data: old?.key === key ? old.data : undefined, problem }));
      }
      isLoading = false;
      if (hasChanged && !signal.aborted) await look();
    };

    again.current = () => void look();
    again.current();
    const stop = onChange(() => void look());
    return () => {
      stop();
      controller.abort();
    };
  }, [key]);

  const reload = useCallback(() => {
    again.current();
  }, []);
  const isCurrent = key !== null && loaded?.key === key;
  return {
    data: isCurrent ? loaded.data : undefined,
    problem: isCurrent ? loaded.problem : undefined,
    reload,
  };
}
