// Owns what the tests share: the browser, a phone and a desk, the staff's side of the API, and the look for barriers.
import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';

export const SHOP = process.env.SHOP_URL;
const API = process.env.API_URL;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const SCREENS = {
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
  desktop: { viewport: { width: 1280, height: 860 } },
};

export function launch() {
  const executablePath = process.env.CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/google-chrome'].find(existsSync);
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({
    executablePath,
    args: [...asRoot, '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** A page of its own for one test. Whatever goes wrong in the page's script fails the test in `close`. */
export async function visit(browser, screen, options = {}) {
  const context = await browser.newContext({ ...SCREENS[screen], locale: 'en-US', ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  const faults = [];
  page.on('pageerror', (error) => faults.push(error.message));
  const close = async () => {
    await context.close();
    assert.deepEqual(faults, [], 'errors of the page');
  };
  return { context, page, close };
}

export async function ask(query, variables = {}, token) {
  const answer = await fetch(API, {
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

const serious = ({ impact }) => impact === 'serious' || impact === 'critical';

/** No serious barrier on the page, as axe-core sees it. */
export async function barrierFree(page) {
  // What moves is looked at when it stands.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document));
  const found = violations.filter(serious).map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' | ')}`);
  assert.deepEqual(found, [], page.url());
}

export const orderOf = (page) => `gid://cartwright/Order/${new URL(page.url()).pathname.split('/').at(-1)}`;

export async function addMug(page, handle = 'claybarrow-morning-mug') {
  await page.goto(`${SHOP}/products/${handle}`);
  await page.getByRole('button', { name: 'Add to cart' }).click();
  await page.getByText('It is in your cart.').waitFor();
}

export async function fillAddress(page, email) {
  if (email) await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('First name').fill('Ada');
  await page.getByLabel('Last name').fill('Lovelace');
  await page.getByLabel('Street and number').fill('12 Lantern Street');
  await page.getByLabel('Postal code').fill('97201');
  await page.getByLabel('City').fill('Portland');
  await page.getByLabel('State').fill('OR');
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
