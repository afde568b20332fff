import { useEffect, useRef, useState, type ReactNode, type SyntheticEvent } from "react";
import { announceChange } from "../../api/changes.ts";
import { answerOf, api } from "../../api/client.ts";
import { asProblem, type Problem } from "../../api/problem.ts";
import { useResource, type Resource } from "../../api/resource.ts";
import type { Calendar } from "../../api/shapes.ts";
import { Day } from "../../elements/figures.tsx";
import { ProblemNotice } from "../../elements/notice.tsx";
import { clockOf, dayOf, daysLater, onDay } from "../../format/time.ts";
import { useWords } from "../../language/language.tsx";
import "./calendar.css";

const steps = [1, 7, 30];

/** Until the server says otherwise. */
let isSandbox = true;

/** Null where there is no sandbox, and so no calendar to move. */
export function useCalendar(): Resource<Calendar | null> {
  return useResource("calendar", async (signal) => {
    if (!isSandbox) return null;
    try {
      return await answerOf(api.GET("/api/v1/sandbox/calendar", { signal }));
    } catch (thrown) {
      if (asProblem(thrown).status !== 404) throw thrown;
      isSandbox = false;
      return null;
    }
  });
}

/** The day in the sandbox, and the levers that move it forward for everyone. */
export function SandboxCalendar({ now }: { now: string }): ReactNode {
  const words = useWords();
  const [isMoving, setMoving] = useState(false);
  const [problem, setProblem] = useState<Problem>();
  const [day, setDay] = useState("");
  const tomorrow = dayOf(daysLater(now, 1));

  const panel = useRef<HTMLDetailsElement>(null);

  useEffect(() => {
    const close = (event: Event): void => {
      const isInside = event.target instanceof Node && panel.current?.contains(event.target);
      const isEscape = event instanceof KeyboardEvent && event.key === "Escape";
      if (event instanceof KeyboardEvent ? !isEscape : isInside) return;
      panel.current?.removeAttribute("open");
    };
    document.addEventListener("pointerdown", close);
    document.addEventListener("keydown", close);
    return () => {
      document.removeEventListener("pointerdown", close);
      document.removeEventListener("keydown", close);
    };
  }, []);

  const moveTo = async (to: string): Promise<void> => {
    setMoving(true);
    setProblem(undefined);
    try {
      await answerOf(api.POST("/api/v1/sandbox/calendar", { body: { to } }));
      setDay("");
      announceChange();
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
    setMoving(false);
  };
  const submit = (event: SyntheticEvent): void => {
    event.preventDefault();
    if (day !== "") void moveTo(onDay(now, day));
  };
  return (
    <details className="calendar" ref={panel}>
      <summary>
        <span className="unseen">{words.calendar}: </span>
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <path d="M2 4h12v10H2zM2 7h12M5 2v3M11 2v3" />
        </svg>
        <Day at={now} />
        <span className="calendar-clock">{clockOf(now)}</span>
      </summary>
      <div className="calendar-panel">
        <strong>{words.moveForward}</strong>
        <p>{words.calendarText}</p>
        <div className="calendar-steps">
          {steps.map((days) => (
            <button
              key={days}
              type="button"
              className="button"
              disabled={isMoving}
              onClick={() => void moveTo(daysLater(now, days))}
            >
              {words.days(days)}
            </button>
          ))}
        </div>
        <form className="calendar-day" onSubmit={submit}>
          <label>
            <span>{words.toDay}</span>
            <input
              type="date"
              min={tomorrow}
              value={day}
              required
              onChange={(event) => {
                setDay(event.target.value);
              }}
            />
          </label>
          <button type="submit" className="button button-main" disabled={isMoving}>
            {isMoving ? words.moving : words.go}
          </button>
        </form>
        {problem === undefined ? null : <ProblemNotice problem={problem} />}
      </div>
    </details>
  );
}
