// Owns how values are shown to people: money, times, and the server's capital words.

/** `{ amount, currencyCode }` in the reader's own manner. */
export function money(value) {
  if (!value) return '';
  try {
    const style = { style: 'currency', currency: value.currencyCode };
    const usual = new Intl.NumberFormat(undefined, style);
    // By ISO 4217, as the shop counts, some currencies have more decimals than browsers show: none is hidden.
    const own = String(value.amount).match(/\.(\d*[1-9])/)?.[1].length ?? 0;
    const enough = own <= usual.resolvedOptions().maximumFractionDigits;
    const format = enough ? usual : new Intl.NumberFormat(undefined, { ...style, minimumFractionDigits: own, maximumFractionDigits: own });
    return format.format(value.amount);
  } catch {
    return `${value.amount} ${value.currencyCode}`;
  }
}

/** What the server says in passing, as a sentence of its own. */
export const sentence = (text) => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`;

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
