// Owns the look at the other pages that the server carries: the shop live at `/`, and GraphiQL.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { API, barrierFree, SCREENS, visit } from './support.mjs';

for (const screen of Object.keys(SCREENS)) {
  describe(screen, () => {
    test('the page at / sells, follows the order live, and ships it as the merchant', async () => {
      const { page, close } = await visit(screen);
      await page.goto(API);
      await page.getByRole('button', { name: /Buy one now/ }).first().click();
      await page.getByRole('list', { name: 'Payment: Paid' }).waitFor();
      await page.getByText('live over WebSocket').waitFor();
      await barrierFree(page);
      await page.getByText('Play the merchant').click();
      await page.getByLabel('E-mail').fill('staff@cartwright.example');
      await page.getByLabel('Password').fill(process.env.STAFF_PASSWORD);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('button', { name: /^Ship it: order/ }).click();
      await page.getByRole('list', { name: 'Fulfillment: Fulfilled' }).waitFor();
      await barrierFree(page);
      await close();
    });
  });
}

test('a purchase at / whose answer is lost goes on at another press, and one order comes of it', async () => {
  const { page, close } = await visit('phone', { expected: /ERR_CONNECTION_RESET/ });
  const inputs = [];
  await page.route('**/graphql', async (route) => {
    const { query, variables } = route.request().postDataJSON();
    if (!query.includes('mutation CheckoutComplete')) return route.continue();
    inputs.push(variables.input);
    if (inputs.length > 1) return route.continue();
    await route.fetch();
    return route.abort('connectionreset');
  });
  await page.goto(API);
  await page.locator('#outcome').selectOption('sandbox_ok');
  const buy = page.getByRole('button', { name: /Buy one now/ }).first();
  await buy.click();
  await page.getByText('The shop cannot be reached.').waitFor();
  await buy.click();
  await page.getByRole('list', { name: 'Payment: Paid' }).waitFor();
  const [first, second] = inputs.map(({ cartId, idempotencyKey }) => [cartId, idempotencyKey]);
  assert.deepEqual(second, first);
  await close();
});

test('the pages show amounts with the decimals that the shop counts in', async () => {
  const { page, close } = await visit('phone');
  await page.goto(API);
  const shown = await page.evaluate(async () => {
    const { money } = await import('/assets/shared/format.js');
    const amounts = [['1999.5', 'HUF'], ['1999.95', 'HUF'], ['1999.00', 'HUF'], ['1.125', 'IQD'], ['12.50', 'USD'], ['1200', 'JPY']];
    return amounts.map(([amount, currencyCode]) => money({ amount, currencyCode }).replace(/\s/g, ' '));
  });
  assert.deepEqual(shown, ['HUF 1,999.5', 'HUF 1,999.95', 'HUF 1,999', 'IQD 1.125', '$12.50', '¥1,200']);
  await close();
});

test('GraphiQL runs its first example', async () => {
  const { page, close } = await visit('desktop');
  await page.goto(`${API}/graphql`);
  await page.getByRole('button', { name: /Execute query/ }).click();
  await page.locator('.result-window').getByText('"data"').waitFor();
  await close();
});
