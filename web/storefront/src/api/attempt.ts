// Owns the idempotency key of an attempt to pay. The key is kept until an answer is received: whoever presses "Pay" again after
// a cut, even after a reload, asks about the same attempt and does not pay twice. Another input is another attempt.

export interface Attempt {
  key: string;
  /** The answer came, whatever it was. */
  answered(): void;
}

export function attempt(name: string, input: unknown): Attempt {
  const place = `storefront.attempt.${name}`;
  const wanted = JSON.stringify(input);
  const [before, keptKey] = JSON.parse(sessionStorage.getItem(place) ?? '[]') as [string?, string?];
  const key = keptKey && before === wanted ? keptKey : newKey();
  sessionStorage.setItem(place, JSON.stringify([wanted, key]));
  return { key, answered: () => sessionStorage.removeItem(place) };
}

/** What was sent under this name and is not answered yet, to be sent again as it was. */
export function unanswered<T>(name: string): (Attempt & { input: T }) | undefined {
  const [input] = JSON.parse(sessionStorage.getItem(`storefront.attempt.${name}`) ?? '[]') as [string?];
  return input === undefined ? undefined : { input: JSON.parse(input) as T, ...attempt(name, JSON.parse(input)) };
}

// `randomUUID` exists only on HTTPS and on this machine; `getRandomValues` everywhere.
const newKey = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
