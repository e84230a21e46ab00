// Owns "What was sent": each GraphQL document of this page with its variables and its answer, secrets shortened.
import { byId, element } from '../shared/dom.js';

const LONGEST = 40;
const SECRET = /password|token$|^authorization$/i;
let count = 0;

// The sandbox's payment tokens are names of outcomes, not secrets, and seeing them is the point.
function shorten(key, value) {
  if (typeof value !== 'string' || !SECRET.test(key) || value.startsWith('sandbox_')) return value;
  return value.length > 12 && !/password/i.test(key) ? `${value.slice(0, 10)}…` : '…';
}

const pretty = (value) => JSON.stringify(value, shorten, 2);

function operationName(document) {
  return /(?:query|mutation|subscription)\s+(\w+)/.exec(document ?? '')?.[1] ?? 'request';
}

function part(title, text) {
  return text ? [element('h4', {}, title), element('pre', { tabindex: '0' }, text)] : [];
}

const filled = (value) => (value && Object.keys(value).length ? pretty(value) : null);

function add(title, detail, parts) {
  const list = byId('sent-list');
  list.prepend(element('li', {}, element('details', {}, element('summary', {}, title, ' ', element('span', { class: 'soft' }, detail)), parts)));
  while (list.children.length > LONGEST) list.lastElementChild.remove();
  count += 1;
  byId('sent-count').textContent = `(${count})`;
}

/** Logs one request over HTTP. */
export function logRequest({ transport, document, variables, headers, status, milliseconds, answer }) {
  add(operationName(document), `${transport} · ${status} · ${Math.round(milliseconds)} ms`, [
    ...part('Headers of its own', filled(headers)),
    ...part('Document', document),
    ...part('Variables', filled(variables)),
    ...part('Answer', answer ? pretty(answer) : null),
  ]);
}

/** Logs one frame of the subscription's socket. */
export function logFrame(direction, message) {
  const { query, ...payload } = message.payload ?? {};
  const [field, value] = Object.entries(payload.data ?? {})[0] ?? [];
  const title = field ? `${field}: ${value?.event?.type ?? 'present state'}` : query ? operationName(query) : message.type;
  add(title, `WebSocket · ${direction}${title === message.type ? '' : ` · ${message.type}`}`, [
    ...part('Document', query),
    ...part(query ? 'The rest of the payload' : 'Payload', Array.isArray(message.payload) ? pretty(message.payload) : filled(payload)),
  ]);
}
