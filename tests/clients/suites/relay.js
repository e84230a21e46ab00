// Owns the suite of Relay: its compiler accepts the schema with a small project, and its store runs what was compiled.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import relay from 'relay-runtime';
import { variantsInStock } from '../demo.js';
import { Suite } from '../suite.js';

const { Environment, Network, RecordSource, Store, commitMutation, createOperationDescriptor, fetchQuery, getSelector } = relay;
const require = createRequire(import.meta.url);

const SOURCES = {
  ProductCard: `
    fragment ProductCard_product on Product { id title handle featuredImage { url altText width height }
      priceRange { minVariantPrice { amount currencyCode } } }`,
  Catalog: `
    query CatalogQuery($count: Int!, $after: String) { shop { name } ...Catalog_products @arguments(count: $count, after: $after) }
    fragment Catalog_products on Query @argumentDefinitions(count: { type: "Int", defaultValue: 10 }, after: { type: "String" })
      @refetchable(queryName: "CatalogPaginationQuery") {
      products(first: $count, after: $after, sortKey: TITLE) @connection(key: "Catalog_products") {
        edges { cursor node { id ...ProductCard_product } } pageInfo { endCursor hasNextPage } } }`,
  Product: `
    query ProductQuery($handle: String!) { product(handle: $handle) { ...Product_product } }
    fragment Product_product on Product @argumentDefinitions(count: { type: "Int", defaultValue: 2 }, after: { type: "String" })
      @refetchable(queryName: "ProductRefetchQuery") {
      ...ProductCard_product
      variants(first: $count, after: $after) @connection(key: "Product_variants") {
        edges { node { id title availableForSale price { amount currencyCode } selectedOptions { name value } } } } }`,
  Node: `
    query NodeQuery($id: ID!) { node(id: $id) { __typename id ...ProductCard_product @alias ... on Collection { title } } }`,
  Cart: `
    query CartQuery($id: ID!) { cart(id: $id) { ...Cart_cart } }
    fragment Cart_cart on Cart { id version totalQuantity cost { totalAmount { amount currencyCode } }
      lines(first: 50) { edges { node { id quantity merchandise { ... on ProductVariant { id title } } } } } }`,
  CartChanges: `
    mutation CartChangesCreateMutation($input: CartInput!) { cartCreate(input: $input) { cart { ...Cart_cart } userErrors { field message code } } }`,
  CartLines: `
    mutation CartLinesAddMutation($cartId: ID!, $lines: [CartLineInput!]!) {
      cartLinesAdd(cartId: $cartId, lines: $lines) { cart { ...Cart_cart } userErrors { field message code } } }`,
  OrderStatus: `
    subscription OrderStatusSubscription($id: ID!, $after: String) { orderUpdated(id: $id, after: $after) {
      cursor event { type } order { id number status financialStatus } } }`,
};

export default async function run(shop) {
  const compiled = new Suite('the compiler accepts the schema', 'relay-compiler');
  const live = new Suite('the store keeps entities apart', 'relay-runtime');
  const folder = await mkdtemp(join(tmpdir(), 'cartwright-relay-'));
  try {
    let artifacts;
    await compiled.check('fragments, connections with pagination, refetch by node, mutations, a subscription', async () => {
      artifacts = await compile(folder, SOURCES);
      for (const name of ['CatalogPaginationQuery', 'ProductRefetchQuery', 'CartLinesAddMutation', 'OrderStatusSubscription']) {
        assert.ok(artifacts(name), name);
      }
    });
    await compiled.check('refetch by node of a cart', async () => {
      const other = join(folder, 'cart');
      await compile(other, {
        Basket: `fragment Basket_cart on Cart @refetchable(queryName: "BasketRefetchQuery") { id totalQuantity }`,
      });
    });
    if (artifacts) await runLive(shop, live, artifacts);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return [compiled, live];
}

/** Compiles sources against the schema in a project of their own; answers how to get an artifact. */
async function compile(folder, sources) {
  await mkdir(join(folder, 'src'), { recursive: true });
  await mkdir(join(folder, 'made'));
  await copyFile(new URL('../../../schema.graphql', import.meta.url), join(folder, 'schema.graphql'));
  for (const [name, text] of Object.entries(sources)) {
    await writeFile(join(folder, 'src', `${name}.js`), `import { graphql } from 'relay-runtime';\n${tagged(text)}`);
  }
  const config = {
    src: './src',
    schema: './schema.graphql',
    language: 'javascript',
    artifactDirectory: './made',
    eagerEsModules: false,
  };
  await writeFile(join(folder, 'relay.config.json'), JSON.stringify(config));
  try {
    await promisify(execFile)(process.execPath, [require.resolve('relay-compiler/cli.js'), './relay.config.json', '--repersist'], { cwd: folder });
  } catch (error) {
    throw new Error(`${error.stdout ?? ''}${error.stderr ?? error.message}`.replace(/\u001b\[[0-9;]*m/g, ''));
  }
  return (name) => require(join(folder, 'made', `${name}.graphql.js`));
}

/** One tagged template for each definition, as Relay wants it. */
function tagged(text) {
  return text
    .split(/\n(?=\s*(?:query|mutation|subscription|fragment) )/)
    .filter((part) => part.trim() !== '')
    .map((part) => `graphql\`${part}\`;\n`)
    .join('');
}

async function runLive(shop, suite, artifacts) {
  const environment = new Environment({
    network: Network.create(async ({ text }, variables) => {
      const answer = await fetch(shop.graphql, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: text, variables }),
      });
      return answer.json();
    }),
    store: new Store(new RecordSource()),
  });
  const read = (fragment, reference) => environment.lookup(getSelector(artifacts(fragment), reference)).data;
  const ask = (query, variables) => fetchQuery(environment, artifacts(query), variables).toPromise();
  const commit = (mutation, variables) =>
    new Promise((resolve, reject) => {
      commitMutation(environment, { mutation: artifacts(mutation), variables, onCompleted: resolve, onError: reject });
    });
  const kept = (query, variables) => environment.retain(createOperationDescriptor(artifacts(query), variables));

  await suite.check('a connection grows page by page', async () => {
    kept('CatalogQuery', { count: 5 });
    const root = await ask('CatalogQuery', { count: 5 });
    const first = read('Catalog_products', root).products;
    assert.equal(first.edges.length, 5);
    await ask('CatalogPaginationQuery', { count: 5, after: first.pageInfo.endCursor });
    const { edges } = read('Catalog_products', root).products;
    assert.equal(edges.length, 10);
    assert.equal(new Set(edges.map(({ node }) => node.id)).size, 10);
  });
  await suite.check('a product is one record, whichever query it came by', async () => {
    const [{ product }] = await variantsInStock(shop, 1);
    kept('ProductQuery', { handle: product.handle });
    await ask('ProductQuery', { handle: product.handle });
    const answer = await ask('NodeQuery', { id: product.id });
    assert.equal(answer.node.__typename, 'Product');
    assert.equal(environment.getStore().getSource().get(product.id).title, product.title);
  });
  await suite.check('ids of different types never meet in one record', async () => {
    const source = environment.getStore().getSource();
    const records = source.getRecordIDs().filter((id) => id.startsWith('gid://'));
    assert.ok(records.length > 10);
    // Pictures are called after what they picture.
    for (const id of records) assert.ok(id.split('/')[3].endsWith(source.get(id).__typename), `${id} is a ${source.get(id).__typename}`);
  });
  await suite.check('a mutation changes the cart that is shown', async () => {
    const [first, second] = await variantsInStock(shop, 2);
    const { cartCreate } = await commit('CartChangesCreateMutation', { input: { lines: [{ merchandiseId: first.id }] } });
    const before = read('Cart_cart', cartCreate.cart);
    kept('CartQuery', { id: before.id });
    const shown = await ask('CartQuery', { id: before.id });
    await commit('CartLinesAddMutation', { cartId: before.id, lines: [{ merchandiseId: second.id, quantity: 2 }] });
    const after = read('Cart_cart', shown.cart);
    assert.equal(after.totalQuantity, 3);
    assert.equal(after.lines.edges.length, 2);
    assert.ok(after.version > before.version);
  });
}
