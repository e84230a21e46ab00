// Owns the choice of a quantity: two buttons, and a number that can be typed.
import { useState } from 'react';

interface Props {
  label: string;
  value: number;
  min: number;
  disabled?: boolean;
  onChange(value: number): void;
}

const MOST = 999;

export function Quantity({ label, value, min, disabled, onChange }: Props) {
  // What is typed and not done yet: otherwise the number is what the cart says.
  const [draft, setDraft] = useState<string | null>(null);

  function commit() {
    const typed = Number.parseInt(draft ?? '', 10);
    setDraft(null);
    const next = Number.isNaN(typed) ? value : Math.min(MOST, Math.max(min, typed));
    if (next !== value) onChange(next);
  }
  // A button that is disabled loses the focus: while the cart is busy they only do nothing.
  const step = (next: number) => next >= min && next <= MOST && !disabled && onChange(next);

  return (
    <div className="quantity" role="group" aria-label={label}>
      <button type="button" aria-label="One less" aria-disabled={disabled || value <= min} onClick={() => step(value - 1)}>−</button>
      <input
        aria-label={label}
        inputMode="numeric"
        value={draft ?? String(value)}
        onChange={({ target }) => setDraft(target.value)}
        onBlur={commit}
        onKeyDown={({ key }) => key === 'Enter' && commit()}
      />
      <button type="button" aria-label="One more" aria-disabled={disabled} onClick={() => step(value + 1)}>+</button>
    </div>
  );
}
