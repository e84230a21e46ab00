// Owns subscriptions over graphql-transport-ws: one socket for one subscription, which comes back by itself after the last
// cursor it saw, so that it misses nothing and shows nothing twice.
// The protocol: https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md

const QUIET_LIMIT_MS = 20_000;
const FINAL_CODES = new Set(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT', 'BAD_REQUEST']);
// 4429 (too many init requests), 4408 (init too late) and the ordinary 1xxx codes are worth another try; these are not.
const FINAL_CLOSES = new Set([4400, 4401, 4403, 4406, 4409]);

/**
 * Watches `document`, whose single root field answers with a `cursor` and whose `$after` takes one.
 * `init` is the connection_init payload. `onState` hears `connecting`, `live`, `lost`, and `ended` with a reason.
 * Returns a function that stops.
 */
export function watch({ document, variables, init, onMessage, onState = () => {}, onFrame = () => {} }) {
  let socket = null;
  let cursor = null;
  let attempt = 0;
  let timer = null;
  let stopped = false;

  function stop(reason) {
    if (stopped) return;
    stopped = true;
    clearTimeout(timer);
    window.removeEventListener('online', connect);
    socket?.close(1000);
    if (reason) onState('ended', reason);
  }

  function retryLater() {
    if (stopped) return;
    onState('lost');
    clearTimeout(timer);
    const wait = Math.min(15_000, 500 * 2 ** attempt) * (0.75 + Math.random() / 2);
    attempt += 1;
    timer = setTimeout(connect, wait);
  }

  function connect() {
    if (stopped || (socket && socket.readyState <= WebSocket.OPEN)) return;
    clearTimeout(timer);
    onState('connecting');
    const address = new URL('/graphql', location.href);
    address.protocol = address.protocol === 'https:' ? 'wss:' : 'ws:';
    const current = new WebSocket(address, 'graphql-transport-ws');
    socket = current;

    const send = (message) => {
      current.send(JSON.stringify(message));
      if (message.type !== 'ping' && message.type !== 'pong') onFrame('sent', message);
    };
    // Silence is a dead line more often than a calm one: ask once, then hang up and come back.
    let silence;
    const heard = () => {
      clearTimeout(silence);
      silence = setTimeout(() => {
        if (current.readyState !== WebSocket.OPEN) return;
        send({ type: 'ping' });
        silence = setTimeout(() => current.close(4000), QUIET_LIMIT_MS / 2);
      }, QUIET_LIMIT_MS);
    };

    current.onopen = () => {
      heard();
      send({ type: 'connection_init', payload: init });
    };
    current.onmessage = (frame) => {
      heard();
      const message = JSON.parse(frame.data);
      if (message.type === 'ping') send({ type: 'pong' });
      if (message.type === 'connection_ack') {
        onState('live');
        send({ id: 'watch', type: 'subscribe', payload: { query: document, variables: { ...variables, after: cursor } } });
      }
      if (message.type === 'next') {
        onFrame('received', message);
        const [field] = Object.values(message.payload.data ?? {});
        if (!field) return stop(message.payload.errors?.[0]?.message ?? 'The subscription gave no data.');
        attempt = 0;
        cursor = field.cursor ?? cursor;
        onMessage(field);
      }
      if (message.type === 'error') {
        onFrame('received', message);
        const [error] = message.payload;
        // What came after it is not kept any more: the present state is asked for.
        if (error?.extensions?.code === 'CURSOR_EXPIRED') cursor = null;
        if (attempt > 4 || !error?.extensions?.code || FINAL_CODES.has(error.extensions.code)) stop(error?.message ?? 'refused');
        else current.close(4000);
      }
      if (message.type === 'complete') current.close(4000);
    };
    current.onclose = (event) => {
      clearTimeout(silence);
      if (FINAL_CLOSES.has(event.code)) stop(event.reason || `The socket was closed with code ${event.code}.`);
      else retryLater();
    };
  }

  window.addEventListener('online', connect);
  connect();
  return () => stop();
}
