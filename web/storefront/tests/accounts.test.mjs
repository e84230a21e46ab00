// Owns what a customer does with an account: registering, signing in with a cart, orders, tokens that run out.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addMug, ask, barrierFree, headline, isLive, order, orderOf, SCREENS, ship, SHOP, visit } from './support.mjs';

for (const screen of Object.keys(SCREENS)) {
  describe(screen, () => {
    test('a customer registers, keeps the cart, orders, and finds the order under "my orders"', async () => {
      const { page, close } = await visit(screen);
      await addMug(page);
      await page.getByRole('link', { name: 'Sign in' }).click();
      await page.getByRole('link', { name: 'Register' }).click();
      await page.getByLabel('First name').fill('Grace');
      await page.getByLabel('E-mail').fill(`grace-${screen}@example.com`);
      await page.getByLabel('Password').fill('password');
      await page.getByRole('button', { name: 'Register' }).click();
      await page.locator('.refusal').waitFor();
      await page.getByLabel('Password').fill('three small elephants');
      await page.getByRole('button', { name: 'Register' }).click();
      await page.getByRole('heading', { name: 'My orders' }).waitFor();
      await page.getByRole('link', { name: /^Cart, 1 thing/ }).waitFor();
      await order(page, { email: null });
      await headline(page, 'Paid, and being packed');
      await isLive(page);
      await ship(orderOf(page), `HP-${screen}-2`);
      await headline(page, 'On its way to you');
      await page.getByRole('link', { name: 'My orders' }).click();
      await page.getByRole('link', { name: /On its way to you/ }).waitFor();
      await barrierFree(page);
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.getByRole('link', { name: 'Sign in' }).waitFor();
      assert.equal(await page.evaluate(() => localStorage.getItem('storefront.session')), null);
      await close();
    });
  });
}

test('a token that ran out is renewed once, and the customer notices nothing', async () => {
  const { page, close } = await visit('desktop');
  const input = { email: 'hedy@example.com', password: 'frequency hopping' };
  await ask('mutation ($input: CustomerCreateInput!) { customerCreate(input: $input) { customer { id } } }', { input });
  await page.goto(`${SHOP}/account/sign-in`);
  await page.getByLabel('E-mail').fill(input.email);
  await page.getByLabel('Password').fill(input.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'My orders' }).waitFor();
  const first = await page.evaluate(() => {
    const session = JSON.parse(localStorage.getItem('storefront.session'));
    localStorage.setItem('storefront.session', JSON.stringify({ ...session, expiresAt: new Date().toISOString() }));
    return session.refreshToken;
  });
  let renewals = 0;
  page.on('request', (request) => {
    if (request.method() === 'POST' && request.postData()?.includes('customerAccessTokenRenew')) renewals += 1;
  });
  await page.reload();
  await page.getByRole('heading', { name: 'My orders' }).waitFor();
  await page.getByText('You have not ordered anything yet.').waitFor();
  const second = await page.evaluate(() => JSON.parse(localStorage.getItem('storefront.session')).refreshToken);
  assert.notEqual(first, second);
  assert.equal(renewals, 1);
  await close();
});
