// Owns `npm test`: a server with the demo shop in a folder of its own, the built front end before it, every test, and the end of
// all that was started. What follows `npm test --` goes to Node's test runner.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const binary = resolve(here, process.env.CARTWRIGHT_BINARY ?? '../../target/debug/cartwright');
const started = [];
let folder;
// The test's server is its own, whatever this shell would set for another.
for (const name of Object.keys(process.env)) {
  if (/^(DATABASE_URL|REDIS_URL|CARTWRIGHT_.*)$/.test(name)) delete process.env[name];
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Runs to its end, or throws. */
async function finish(command, args, env = {}) {
  const child = spawn(command, args, { cwd: here, stdio: 'inherit', env: { ...process.env, ...env } });
  started.push(child);
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`${[command, ...args].join(' ')}: exit code ${code}`);
}

/** Starts, and waits until `ready` is found in what it prints. */
async function start(command, args, env, ready) {
  const child = spawn(command, args, { cwd: here, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  started.push(child);
  let printed = '';
  return new Promise((done, failed) => {
    const timer = setTimeout(() => failed(new Error(`${command} is not ready after 60 seconds:\n${printed}`)), 60_000);
    const hear = (text) => {
      // Terminals' colors are not part of the words.
      printed += String(text).replace(/\x1b\[[0-9;]*m/g, '');
      if (!ready.test(printed)) return;
      clearTimeout(timer);
      done(printed);
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', failed);
    child.on('exit', (code) => failed(new Error(`${command} ended with ${code}:\n${printed}`)));
  });
}

async function stopAll() {
  for (const child of started.reverse()) {
    if (child.exitCode !== null || child.signalCode !== null || !child.pid) continue;
    const gone = once(child, 'exit');
    process.kill(child.pid, 'SIGTERM');
    const hard = setTimeout(() => process.kill(child.pid, 'SIGKILL'), 20_000);
    await gone;
    clearTimeout(hard);
  }
  if (folder) await rm(folder, { recursive: true, force: true });
}

for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stopAll().then(() => process.exit(130)));

try {
  folder = await mkdtemp(join(tmpdir(), 'storefront-'));
  const [apiPort, shopPort] = [await freePort(), await freePort()];
  const api = `http://127.0.0.1:${apiPort}`;
  await finish('npm', ['run', '--silent', 'build']);
  const said = await start(
    binary,
    ['serve', '--listen', `127.0.0.1:${apiPort}`, '--data', join(folder, 'data')],
    { CARTWRIGHT_SANDBOX_LATE_SECONDS: '6', CARTWRIGHT_SWEEP_INTERVAL_SECONDS: '0.5' },
    /Its password\s+\S+[\s\S]*Stop with/,
  );
  const password = /Its password\s+(\S+)/.exec(said)[1];
  await start(
    process.execPath,
    ['node_modules/vite/bin/vite.js', 'preview', '--host', '127.0.0.1', '--port', String(shopPort), '--strictPort'],
    { CARTWRIGHT_URL: api },
    /Local:/,
  );
  const files = (await readdir(join(here, 'tests'))).filter((name) => name.endsWith('.test.mjs')).map((name) => join('tests', name));
  // Every file has a browser of its own, and mostly waits for it: three at a time.
  const runner = ['--test', '--test-reporter=spec', '--test-concurrency=3', ...process.argv.slice(2), ...files];
  await finish(process.execPath, runner, { SHOP_URL: `http://127.0.0.1:${shopPort}`, API_URL: api, STAFF_PASSWORD: password });
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  await stopAll();
}
