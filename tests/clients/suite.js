// Owns how a suite counts: every check has a name and passes or says why not; known gaps are told apart from faults.
import { readFileSync } from 'node:fs';

const LIMIT_SECONDS = 60;
const LONGEST_REASON = 400;

/** Version of an installed package, as its own manifest says. */
export function versionOf(name) {
  return JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), 'utf8')).version;
}

/**
 * One line of the table: what one published client found. `gaps` maps names of checks to `{ reason, sees }`: a failure that
 * `sees` matches is known; any other failure of that check is a fault like all others.
 */
export class Suite {
  constructor(title, client, gaps = {}) {
    this.title = title;
    this.client = client;
    this.version = versionOf(client);
    this.gaps = gaps;
    this.passed = 0;
    this.total = 0;
    this.faults = [];
    this.expected = [];
    this.closed = [];
    this.outside = [];
    this.notes = [];
  }

  /** Runs one check; a check that throws, or never ends, has failed. */
  async check(name, body) {
    this.total += 1;
    let timer;
    try {
      const limit = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`no answer within ${LIMIT_SECONDS} seconds`)), LIMIT_SECONDS * 1000);
      });
      const answer = await Promise.race([body(), limit]);
      this.passed += 1;
      if (this.gaps[name]) this.closed.push(name);
      return answer;
    } catch (error) {
      const found = oneLine(error);
      const gap = this.gaps[name];
      if (gap?.sees.test(found)) this.expected.push({ name, reason: gap.reason });
      else this.faults.push({ name, reason: found });
      return undefined;
    } finally {
      clearTimeout(timer);
    }
  }
}

function oneLine(error) {
  const text = error instanceof Error ? error.message : closed(error) ?? JSON.stringify(error);
  return (messages(text) ?? (text || String(error))).replace(/\s+/g, ' ').trim().slice(0, LONGEST_REASON);
}

/** The messages of GraphQL errors, which some clients throw as JSON. */
function messages(text) {
  try {
    const errors = JSON.parse(text);
    return [...new Set(errors.map(({ message }) => message))].join(' ');
  } catch {
    return undefined;
  }
}

/** A socket's close, which clients throw as it is. */
function closed(event) {
  return typeof event?.code === 'number' ? `the socket was closed: ${event.code} ${event.reason}` : undefined;
}
