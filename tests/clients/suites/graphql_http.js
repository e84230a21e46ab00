// Owns the suite of graphql-http's audits of GraphQL over HTTP, on every path that serves the API.
import assert from 'node:assert/strict';
import { serverAudits } from 'graphql-http';
import { Suite } from '../suite.js';

export default async function run(shop) {
  const suites = [];
  for (const path of ['/graphql', '/api/2026-04/graphql.json']) {
    const suite = new Suite(`audits of ${path}`, 'graphql-http');
    for (const audit of serverAudits({ url: `${shop.base}${path}` })) {
      await suite.check(`${audit.id} ${audit.name}`, async () => {
        const result = await audit.fn();
        // An audit that only warns or notes has not passed either.
        assert.equal(result.status, 'ok', result.reason);
      });
    }
    suites.push(suite);
  }
  return suites;
}
