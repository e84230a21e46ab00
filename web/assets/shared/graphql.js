// Owns requests to /graphql over HTTP: one POST, the answer's data, and every other outcome as an error worth reading.

/** A request that did not give data: `message` is for people, `code` is the first error's `extensions.code`. */
export class RequestFailed extends Error {
  constructor(message, code, status) {
    super(message);
    this.name = 'RequestFailed';
    this.code = code;
    this.status = status;
  }
}

/** Whether nobody knows what became of a request that failed: asked again with its key, it tells. */
export const isOpen = ({ status }) => status === 0 || status >= 500 || [408, 409, 429].includes(status);

const requestHeaders = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json, application/json;q=0.9',
};

async function readBody(response) {
  try {
    return await response.json();
  } catch {
    return null;
  }
}

function failure(response, body) {
  const first = body?.errors?.[0];
  const retryAfter = response.headers.get('retry-after');
  let message = first?.message ?? body?.message ?? `The shop answered ${response.status}.`;
  if (retryAfter) message += ` Try again in ${retryAfter} seconds.`;
  return new RequestFailed(message, first?.extensions?.code, response.status);
}

/** Sends one operation and returns its `data`; throws `RequestFailed`. `onSent` hears of every request (the teaching log). */
export function createApi({ onSent = () => {} } = {}) {
  return async function send(document, variables = {}, headers = {}) {
    const started = performance.now();
    const entry = { transport: 'POST /graphql', document, variables, headers };
    let response;
    try {
      response = await fetch('/graphql', {
        method: 'POST',
        headers: { ...requestHeaders, ...headers },
        body: JSON.stringify({ query: document, variables }),
        credentials: 'same-origin',
      });
    } catch {
      onSent({ ...entry, status: 'no answer', milliseconds: performance.now() - started });
      throw new RequestFailed('The shop cannot be reached. Is it still running?', 'UNREACHABLE', 0);
    }
    const body = await readBody(response);
    onSent({ ...entry, status: response.status, milliseconds: performance.now() - started, answer: body });
    if (!body?.data || (body.errors?.length && Object.values(body.data).every((value) => value === null))) {
      throw failure(response, body);
    }
    return body.data;
  };
}

/** The header by which a guest acts on an order. */
export const guestHeader = (token) => (token ? { 'X-Order-Access-Token': token } : {});

/** A key that makes a mutation safe to send twice. `randomUUID` exists only on https and loopback pages. */
export function idempotencyKey() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
