// Owns how values are shown to people: money, times, and the server's capital words.

/** `{ amount, currencyCode }` in the reader's own manner. */
export function money(value) {
  if (!value) return '';
  try {
    return new Intl.NumberFormat(undefined, { style: 'currency', currency: value.currencyCode }).format(value.amount);
  } catch {
    return `${value.amount} ${value.currencyCode}`;
  }
}

/** The time of day of an ISO instant. */
export function clock(instant) {
  const date = instant ? new Date(instant) : new Date();
  return Number.isNaN(date.getTime()) ? '' : date.toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
}

/** `PARTIALLY_PAID` as "Partially paid". */
export function words(constant) {
  const text = String(constant ?? '').replaceAll('_', ' ').toLowerCase();
  return text.charAt(0).toUpperCase() + text.slice(1);
}
