// Owns the server under test: starts the built binary on a free port with a demo shop of its own and ends it by its id.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const START_SECONDS = 60;

/** Starts a shop; `settings` are further environment variables. Answers its addresses and how to end it. */
export async function startShop(settings = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'cartwright-clients-'));
  const port = await freePort();
  const base = `http://127.0.0.1:${port}`;
  const binary = process.env.CARTWRIGHT_BINARY ?? new URL('../../target/debug/cartwright', import.meta.url).pathname;
  // No setting of the developer's own shop may reach the one that is tested.
  const environment = Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !name.startsWith('CARTWRIGHT_') && name !== 'DATABASE_URL' && name !== 'REDIS_URL',
    ),
  );
  let log = '';
  const child = spawn(binary, ['serve', '--listen', `127.0.0.1:${port}`, '--data', folder], {
    cwd: folder,
    env: { ...environment, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise((resolve) => {
    child.once('exit', resolve);
    child.once('error', (error) => {
      log += error.message;
      resolve();
    });
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      log = (log + chunk).slice(-20_000);
    });
  }
  const endNow = () => child.kill('SIGKILL');
  process.once('exit', endNow);

  const shop = {
    base,
    graphql: `${base}/graphql`,
    socket: `ws://127.0.0.1:${port}/graphql`,
    log: () => log,
    /** One request, outside of every client under test. */
    async ask(query, variables, headers = {}) {
      const answer = await fetch(`${base}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
        body: JSON.stringify({ query, variables }),
      });
      const body = await answer.json();
      if (body.errors) throw new Error(body.errors.map((error) => error.message).join('; '));
      return body.data;
    },
    async stop() {
      child.kill('SIGTERM');
      const patience = setTimeout(endNow, 20_000);
      await exited;
      clearTimeout(patience);
      process.off('exit', endNow);
      await rm(folder, { recursive: true, force: true });
    },
  };
  let ended = false;
  exited.then(() => {
    ended = true;
  });
  const deadline = Date.now() + START_SECONDS * 1000;
  while (!(await ready(base))) {
    if (ended || Date.now() > deadline) {
      await shop.stop();
      throw new Error(`the server did not start (${binary}):\n${log}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return shop;
}

async function ready(base) {
  try {
    return (await fetch(`${base}/readyz`)).ok;
  } catch {
    return false;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}
