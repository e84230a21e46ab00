// Owns the start of GraphiQL: where it sends requests, how it opens the socket, and which tabs a newcomer finds.
import React from 'react';
import { createRoot } from 'react-dom/client';
import { GraphiQL } from 'graphiql';
import { createGraphiQLFetcher } from '@graphiql/toolkit';
import { exampleTabs } from './examples.js';

const httpUrl = new URL('/graphql', window.location.href);
const socketUrl = new URL(httpUrl);
socketUrl.protocol = httpUrl.protocol === 'https:' ? 'wss:' : 'ws:';

// A browser cannot set headers on a socket, so what the headers editor holds travels in `connection_init` instead. The
// order token has its own name there; everything else keeps the header's name.
function connectionParams(headers) {
  const params = {};
  for (const [name, value] of Object.entries(headers ?? {})) {
    params[name.toLowerCase() === 'x-order-access-token' ? 'orderAccessToken' : name] = value;
  }
  return params;
}

function fetcher(request, options) {
  const { 'Content-Type': ignored, ...headers } = options?.headers ?? {};
  const send = createGraphiQLFetcher({
    url: httpUrl.href,
    subscriptionUrl: socketUrl.href,
    wsConnectionParams: connectionParams(headers),
    enableIncrementalDelivery: false,
    headers: { accept: 'application/graphql-response+json, application/json;q=0.9' },
  });
  const isSubscription = options?.documentAST?.definitions.some(
    (definition) =>
      definition.kind === 'OperationDefinition' &&
      definition.operation === 'subscription' &&
      (!request.operationName || definition.name?.value === request.operationName),
  );
  // The toolkit would add the raw headers to the socket's init payload a second time.
  return send(request, isSubscription ? { ...options, headers: undefined } : { ...options, headers });
}

// A real product variant makes the cart example work at the first click. Without one, the example still says what goes there.
async function firstVariantId() {
  try {
    const answer = await fetch(httpUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        query: '{ products(first: 1, sortKey: BEST_SELLING) { nodes { selectedOrFirstAvailableVariant { id } } } }',
      }),
      signal: AbortSignal.timeout(1500),
    });
    return (await answer.json()).data.products.nodes[0].selectedOrFirstAvailableVariant.id;
  } catch {
    return 'gid://cartwright/ProductVariant/PASTE-A-VARIANT-ID';
  }
}

const root = createRoot(document.getElementById('graphiql'));
root.render(
  React.createElement(GraphiQL, {
    fetcher,
    defaultTabs: exampleTabs(await firstVariantId()),
    defaultEditorToolsVisibility: 'variables',
    isHeadersEditorEnabled: true,
    shouldPersistHeaders: false,
  }),
);
