// Owns the payment outcomes that the sandbox gateway offers, and how an attempt to pay is read.
import { isSomething } from './costs.js';
import { webAddress } from './dom.js';

/** `[token, title, explanation]`, in the order in which they are offered. */
export const OUTCOMES = [
  ['sandbox_ok', 'Pays at once', 'The bank says yes while you wait.'],
  ['sandbox_late', 'Pays after a while', 'The bank answers later, by webhook. The order waits, then moves by itself.'],
  ['sandbox_challenge', 'Asks for one more step', 'The bank wants you on its own page first.'],
  ['sandbox_declined', 'Is declined', 'The bank says no. The order stays, and you can try again.'],
  ['sandbox_duplicate', 'Pays, and says so twice', 'The bank sends its message twice. It counts once.'],
  ['sandbox_timeout', 'Takes the money, then is silent', 'No answer and no message. The order waits until the server has asked the bank.'],
  ['sandbox_wrong_amount', 'Takes a cent too little', 'The amount is not the total, so it goes back, and you can try again.'],
  ['sandbox_error', 'Is out of order', 'The bank answers with an error. Nothing is charged, and you can try again.'],
];

/** The payment input for one of the outcomes; `returnUrl` is where the bank's page sends the shopper afterwards. */
export const sandboxPayment = (token, returnUrl) => ({ gateway: 'sandbox', token, returnUrl });

/** The newest attempt: payment ids carry their time, so the greatest is the latest whatever the order of the list. */
export function latestPayment(payments = []) {
  return payments.reduce((latest, payment) => (!latest || payment.id > latest.id ? payment : latest), null);
}

/** Whether an edit made the order cost more than was paid. */
export const owesRest = (order) => order.financialStatus === 'PARTIALLY_PAID' && isSomething(order.balanceDue);

const waitsForMoney = (order) => order.status === 'PENDING_PAYMENT' || owesRest(order);

/** Where the bank wants the shopper to go, as a safe address, while it still waits for that. */
export function nextStep(order) {
  if (!waitsForMoney(order)) return null;
  const payment = latestPayment(order.payments);
  return payment && !hasFailed(order) ? webAddress(payment.nextAction?.url) : null;
}

/** Whether the newest attempt was refused and the order still waits for its money. */
export function hasFailed(order) {
  const payment = latestPayment(order.payments);
  if (!waitsForMoney(order) || !payment) return false;
  return Boolean(payment.failureMessage) || ['FAILED', 'DECLINED', 'CANCELED', 'EXPIRED', 'VOIDED'].includes(payment.status);
}
