// Owns the look at the other pages that the server carries: the shop live at `/`, and GraphiQL.
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

test('GraphiQL runs its first example', async () => {
  const { page, close } = await visit('desktop');
  await page.goto(`${API}/graphql`);
  await page.getByRole('button', { name: /Execute query/ }).click();
  await page.locator('.result-window').getByText('"data"').waitFor();
  await close();
});
