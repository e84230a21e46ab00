// Owns the run: starts one shop, lets every suite meet it, prints the results, and writes docs/clients.md (--report)
// or says that it is behind.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { startShop } from './server.js';
import { page, printed } from './report.js';

const NAMES = [
  'documents',
  'hydrogen',
  'shopify_buy',
  'storefront_api_client',
  'hydrogen_react',
  'relay',
  'apollo',
  'urql',
  'graphql_http',
  'graphql_ws',
  'graphql_sse',
];

const words = process.argv.slice(2);
const reports = words.includes('--report');
const wanted = words.filter((word) => !word.startsWith('--'));
const unknown = wanted.filter((name) => !NAMES.includes(name));
if (unknown.length > 0 || (reports && wanted.length > 0)) {
  console.error(`usage: node run.js [--report | SUITE...], suites: ${NAMES.join(' ')}`);
  process.exit(2);
}

const shop = await startShop();
const suites = [];
try {
  for (const name of wanted.length > 0 ? wanted : NAMES) {
    const { default: run } = await import(`./suites/${name}.js`);
    const found = await run(shop);
    for (const suite of found) console.log(printed(suite));
    suites.push(...found);
  }
} finally {
  await shop.stop();
}

const passed = suites.reduce((sum, suite) => sum + suite.passed, 0);
const total = suites.reduce((sum, suite) => sum + suite.total, 0);
const gaps = suites.reduce((sum, suite) => sum + suite.expected.length, 0);
console.log(`\n${passed} of ${total} passed, known gaps: ${gaps}`);
let failed = total === 0 || suites.some((suite) => suite.faults.length > 0);
const paper = new URL('../../docs/clients.md', import.meta.url);
if (reports) {
  writeFileSync(paper, page(suites));
  console.log('docs/clients.md is written');
} else if (wanted.length === 0 && !(existsSync(paper) && readFileSync(paper, 'utf8') === page(suites))) {
  console.error('docs/clients.md says something else: write it anew with npm run report, in tests/clients');
  failed = true;
}
// Clients may leave timers and sockets behind; the verdict does not wait for them.
process.exit(failed ? 1 : 0);
