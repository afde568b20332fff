import { useEffect, useState, type ReactNode } from "react";
import { useWords } from "../../language/language.tsx";
import { wordFor } from "../../language/words.ts";
import { orderStatuses } from "./orders.ts";

interface OrderFilterProps {
  number: string;
  status: string;
  onChange: (number: string, status: string) => void;
}

/** How long a pause in typing means that the number is complete. */
const pause = 300;

export function OrderFilter({ number, status, onChange }: OrderFilterProps): ReactNode {
  const words = useWords();
  const [typed, setTyped] = useState(number);

  useEffect(() => {
    setTyped(number);
  }, [number]);

  useEffect(() => {
    if (typed.trim() === number) return;
    const timer = window.setTimeout(() => {
      onChange(typed.trim(), status);
    }, pause);
    return () => {
      window.clearTimeout(timer);
    };
  }, [typed, number, status, onChange]);

  return (
    <form
      className="filter"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        onChange(typed.trim(), status);
      }}
    >
      <label>
        <span>{words.searchNumber}</span>
        <input
          type="search"
          value={typed}
          placeholder={words.searchHint}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => {
            setTyped(event.target.value);
          }}
        />
      </label>
      <label>
        <span>{words.status}</span>
        <select
          value={status}
          onChange={(event) => {
            onChange(typed.trim(), event.target.value);
          }}
        >
          <option value="">{words.anyStatus}</option>
          {orderStatuses.map((name) => (
            <option key={name} value={name}>
              {wordFor(words.orderStatus, name)}
            </option>
          ))}
        </select>
      </label>
    </form>
  );
}
