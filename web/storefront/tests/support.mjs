// Owns what the tests share: the browser, a phone and a desk, the staff's side of the API, and the look for barriers.
import assert from 'node:assert/strict';
import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, extname, join, resolve } from 'node:path';
import { after, afterEach } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { chromium } from 'playwright-core';

export const SHOP = process.env.SHOP_URL;
export const API = process.env.API_URL;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

const GRAY = '<svg xmlns="http://www.w3.org/2000/svg" width="800" height="800"><rect width="800" height="800" fill="#bbb"/></svg>';

export const SCREENS = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  desktop: { viewport: { width: 1280, height: 860 } },
};

/** The program of the browser: the one that is named, or the first on PATH. */
function program() {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const folders = (process.env.PATH ?? '').split(delimiter);
  const candidates = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'].flatMap((name) =>
    folders.map((folder) => join(folder, name)),
  );
  const found = candidates.find((path) => {
    try {
      return accessSync(path, constants.X_OK) === undefined;
    } catch {
      return false;
    }
  });
  assert.ok(found, 'there is no Chromium or Chrome on PATH; name one: CHROMIUM=/path/to/chrome');
  return found;
}

const PAGES = process.env.PAGES && resolve(process.env.PAGES);
const KINDS = { '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

/** The server's own pages as they stand in the folder, and not as the binary was built with: with the same headers. */
async function servePages(context) {
  await context.route(`${API}/assets/**`, (route) => {
    const path = join(PAGES, new URL(route.request().url()).pathname);
    return existsSync(path) ? route.fulfill({ body: readFileSync(path), contentType: KINDS[extname(path)] }) : route.continue();
  });
  await context.route(`${API}/checkout/**`, async (route) => {
    const response = await route.fetch();
    return route.fulfill({ response, body: readFileSync(join(PAGES, 'checkout.html')) });
  });
}

let launched;
function browser() {
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  // A page that the test answers comes from nowhere, and from there no socket leads to this machine.
  const fromFolder = PAGES ? ['--disable-features=LocalNetworkAccessChecks,LocalNetworkAccessChecksWebSockets'] : [];
  launched ??= chromium.launch({
    executablePath: program(),
    args: [...asRoot, ...fromFolder, '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  return launched;
}
after(async () => (await launched)?.close());

// A test that reached its end has closed its pages: what is open here shows why the others did not.
const open = new Set();
afterEach(async () => {
  for (const page of open) {
    const text = await page.locator('body').innerText({ timeout: 1000 }).catch((error) => error.message);
    console.log(`\nleft open: ${page.url()}\n${text.replace(/\n+/g, '\n').replace(/^/gm, '  | ')}\n`);
    await page.context().close();
  }
  open.clear();
});

/**
 * A page of its own for one test. Making pictures is work for the server: it is asked for them where they are looked at.
 * What goes wrong in the page's script, what its policy forbids and what it cannot load fails the test in `close`, unless it
 * looks like `expected`.
 */
export async function visit(screen, { expected = /(?!)/, pictures = Boolean(process.env.SCREENSHOTS), ...options } = {}) {
  const context = await (await browser()).newContext({ ...SCREENS[screen], locale: 'en-US', ...options });
  context.setDefaultTimeout(20_000);
  if (!pictures) await context.route(/\/media\//, (route) => route.fulfill({ contentType: 'image/svg+xml', body: GRAY }));
  if (PAGES) await servePages(context);
  const page = await context.newPage();
  open.add(page);
  const faults = [];
  const note = (text) => expected.test(text) || faults.push(text);
  page.on('pageerror', (error) => note(error.message));
  page.on('console', (message) => message.type() === 'error' && note(`${message.text()} ${message.location().url}`));
  const close = async () => {
    open.delete(page);
    // Answers that a test changes may still be on their way.
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await context.close();
    assert.deepEqual(faults, [], 'errors of the page');
  };
  return { context, page, close };
}

export async function ask(query, variables = {}, token) {
  const answer = await fetch(`${API}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors } = await answer.json();
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data;
}

let staffToken;
export async function asStaff(query, variables) {
  staffToken ??= (
    await ask(
      'mutation ($password: String!) { staffAccessTokenCreate(input: { email: "staff@cartwright.example", password: $password }) { staffAccessToken { accessToken } } }',
      { password: process.env.STAFF_PASSWORD },
    )
  ).staffAccessTokenCreate.staffAccessToken.accessToken;
  return ask(query, variables, staffToken);
}

export async function ship(orderId, number) {
  const { fulfillmentCreate } = await asStaff(
    'mutation ($input: FulfillmentCreateInput!) { fulfillmentCreate(input: $input) { userErrors { message } } }',
    { input: { orderId, trackingInfo: { company: 'Heron Post', number } } },
  );
  assert.deepEqual(fulfillmentCreate.userErrors, []);
}

/** Makes a product of a test's own, so that no other test takes its stock. */
export async function stocked(title, quantity, price = '20.00') {
  const { productCreate } = await asStaff(
    'mutation ($input: ProductCreateInput!) { productCreate(input: $input) { product { id handle variants(first: 1) { nodes { id } } } userErrors { message } } }',
    { input: { title, status: 'ACTIVE', variants: [{ price, tracked: true, quantity }] } },
  );
  assert.deepEqual(productCreate.userErrors, []);
  const { id, handle, variants } = productCreate.product;
  await asStaff('mutation ($id: ID!) { productPublish(input: { id: $id }) { product { id } } }', { id });
  return { id, handle, variantId: variants.nodes[0].id };
}

/** Changes what is in stock: somebody else is faster. */
export async function adjust(variantId, delta) {
  const { inventoryAdjustQuantities } = await asStaff(
    'mutation ($input: InventoryAdjustQuantitiesInput!) { inventoryAdjustQuantities(input: $input) { userErrors { message } } }',
    { input: { reason: 'ADJUST', changes: [{ variantId, delta }] } },
  );
  assert.deepEqual(inventoryAdjustQuantities.userErrors, []);
}

/** A price of another day. */
export async function reprice(productId, variantId, price) {
  const { productVariantsBulkUpdate } = await asStaff(
    'mutation ($input: ProductVariantsBulkUpdateInput!) { productVariantsBulkUpdate(input: $input) { userErrors { message } } }',
    { input: { productId, variants: [{ id: variantId, price }] } },
  );
  assert.deepEqual(productVariantsBulkUpdate.userErrors, []);
}

/** A discount that staff make. Each test has codes of its own. */
export async function discountCode(code, effect, more = {}) {
  const { discountCodeCreate } = await asStaff(
    'mutation ($input: DiscountCodeCreateInput!) { discountCodeCreate(input: $input) { userErrors { field message } } }',
    { input: { codes: [code], title: `Discount ${code}`, effect, ...more } },
  );
  assert.deepEqual(discountCodeCreate.userErrors, []);
}

/** Waits until the bill has exactly these rows. They are read at one moment: a page that draws its bill anew takes the old ones away. */
export async function bill(page, expected) {
  const rows = () => page.evaluate(() => {
    const shown = [...document.querySelectorAll('.costs > div')].filter((row) => row.checkVisibility());
    return shown.map((row) => row.innerText.replace(/\s+/g, ' '));
  });
  const end = Date.now() + 20_000;
  let found = await rows();
  while (!isDeepStrictEqual(found, expected) && Date.now() < end) {
    await page.waitForTimeout(100);
    found = await rows();
  }
  assert.deepEqual(found, expected);
}

/** Waits until the bill has exactly this row. */
export const row = (page, label, amount) => page.locator('.costs:visible > div').filter({ has: page.getByText(label, { exact: true }) }).getByText(amount, { exact: true }).waitFor();

/** A cart as any front end makes one: `[variantId, quantity]` a line. */
export async function cartOf(lines, input = {}) {
  const { cartCreate } = await ask(
    'mutation ($input: CartInput!) { cartCreate(input: $input) { cart { id checkoutUrl lines(first: 9) { nodes { id } } } userErrors { message } } }',
    { input: { lines: lines.map(([merchandiseId, quantity]) => ({ merchandiseId, quantity })), ...input } },
  );
  assert.deepEqual(cartCreate.userErrors, []);
  return cartCreate.cart;
}

const serious = ({ impact }) => impact === 'serious' || impact === 'critical';

/** No serious barrier on the page, as axe-core sees it (by all its rules, or these), and nothing wider than the screen. */
export async function barrierFree(page, rules) {
  // What moves is looked at when it stands.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate(axe);
  const { violations } = await page.evaluate((only) => globalThis.axe.run(document, only ? { runOnly: only } : {}), rules);
  const found = violations.filter(serious).map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  assert.deepEqual(found, [], page.url());
  const [wide, room] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
  assert.ok(wide <= room, `${page.url()} is ${wide} wide, the screen ${room}`);
}

/** Waits until the page has dealt with the answer to an operation that it sends from now on: what is not there then does not come. */
export async function answered(page, operation, work) {
  const answer = page.waitForResponse((response) => response.request().postData()?.includes(operation));
  await work();
  await (await answer).finished();
  await settled(page);
}

/** Waits until the page has dealt with what came so far: answers come in their order, and are drawn with the next picture. */
export const settled = (page) => page.evaluate(async () => {
  await fetch('/').then((answer) => answer.text());
  for (let pictures = 0; pictures < 3; pictures++) await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
});

/** Puts one into the cart, and looks at the cart. */
export async function inCart(page, { handle }) {
  await addMug(page, handle);
  await page.goto(`${SHOP}/cart`);
  await page.getByRole('heading', { name: 'Your cart' }).waitFor();
}

export const orderOf = (page) => `gid://cartwright/Order/${new URL(page.url()).pathname.split('/').at(-1)}`;

export async function addMug(page, handle = 'claybarrow-morning-mug') {
  await page.goto(`${SHOP}/products/${handle}`);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByText('It is in your cart.').waitFor();
}

/** Fills an address form, the storefront's or that of the page behind `checkoutUrl`. */
export async function fillAddress(page, email) {
  if (email) await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('First name').fill('Ada');
  await page.getByLabel('Last name').fill('Lovelace');
  await page.getByLabel('Street and number').fill('12 Lantern Street');
  await page.getByLabel('Postal code').fill('97201');
  await page.getByLabel('City').fill('Portland');
  await page.getByLabel(/^State/).fill('OR');
}

/** The page behind `checkoutUrl`; the e-mail address may be known there. What delivery costs comes a moment after the cart. */
export async function fillCheckout(page, email) {
  await page.getByRole('heading', { name: 'Cost summary' }).waitFor();
  await page.locator('#delivery input:checked').waitFor();
  await fillAddress(page, email);
}

/** Signs in from wherever the page is; `then` is the heading to wait for. */
export async function signIn(page, { email, password }, then = 'My orders') {
  if (!page.url().includes('/account/sign-in')) await page.goto(`${SHOP}/account/sign-in`);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password').fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  if (then) await page.getByRole('heading', { name: then }).waitFor();
}

/** From a filled cart to the order's page. */
export async function order(page, { email = 'ada@example.com', method = 'Card that works' } = {}) {
  await page.goto(`${SHOP}/checkout`);
  await page.getByRole('heading', { name: 'Checkout' }).waitFor();
  await fillAddress(page, email);
  await page.getByLabel(method).check();
  await page.getByRole('button', { name: /^Pay / }).click();
  await page.getByRole('heading', { name: /^Order \d/ }).waitFor();
}

export const headline = (page, text) => page.locator('.headline', { hasText: text }).waitFor();
export const isLive = (page) => page.getByText('Live', { exact: true }).waitFor();

export async function picture(page, name) {
  if (!process.env.SCREENSHOTS) return;
  await page.mouse.move(0, 0);
  await page.evaluate(() => Promise.all([...document.images].map((image) => image.decode().catch(() => {}))));
  await page.screenshot({ path: `${process.env.SCREENSHOTS}/storefront-${name}.png`, scale: 'css', animations: 'disabled' });
}
