// Owns what a customer does with an account: registering, signing in with a cart, orders, tokens that run out.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addMug, ask, barrierFree, fillAddress, headline, isLive, order, orderOf, SCREENS, ship, SHOP, signIn, stocked, visit } from './support.mjs';

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

test("a guest's things join those of the account at sign-in, on the way to the checkout, and the order is the account's", async () => {
  const { page, close } = await visit('phone');
  const account = { email: 'katherine@example.com', password: 'by hand and by heart' };
  await ask('mutation ($input: CustomerCreateInput!) { customerCreate(input: $input) { customer { id } } }', { input: account });
  const [lamp, chair] = [await stocked('Left Lamp', 9), await stocked('Brought Chair', 9)];
  // On another device something was left in the account's cart.
  const elsewhere = await visit('desktop');
  await signIn(elsewhere.page, account);
  await addMug(elsewhere.page, lamp.handle);
  await elsewhere.close();
  await addMug(page, chair.handle);
  await page.goto(`${SHOP}/checkout`);
  await page.getByRole('link', { name: 'sign in', exact: true }).click();
  await signIn(page, account, null);
  await page.getByRole('heading', { level: 1, name: 'Checkout' }).waitFor();
  await page.getByText('1 × Left Lamp').waitFor();
  await page.getByText('1 × Brought Chair').waitFor();
  assert.equal(await page.getByLabel('E-mail').count(), 0, 'the shop knows who it is');
  await fillAddress(page);
  await page.getByRole('button', { name: 'Pay $40.00' }).click();
  await headline(page, 'Paid, and being packed');
  const number = await page.getByRole('heading', { level: 1 }).textContent();
  await page.getByRole('link', { name: 'My orders' }).click();
  await page.getByRole('link', { name: number }).waitFor();
  // A guest who has the address has not the order.
  const stranger = await visit('desktop');
  await page.getByRole('link', { name: number }).click();
  await page.getByRole('heading', { level: 1, name: number }).waitFor();
  await stranger.page.goto(page.url());
  await stranger.page.getByRole('heading', { name: 'We cannot show this order here' }).waitFor();
  await stranger.close();
  await close();
});

test('a wrong password is told, and says nothing else', async () => {
  const { page, close } = await visit('desktop');
  await signIn(page, { email: 'nobody@example.com', password: 'not the password' }, null);
  await page.getByRole('alert').waitFor();
  await barrierFree(page);
  assert.equal(await page.evaluate(() => localStorage.getItem('storefront.session')), null);
  await close();
});

test('a token that ran out is renewed once, and the customer notices nothing', async () => {
  const { page, close } = await visit('desktop');
  const input = { email: 'hedy@example.com', password: 'frequency hopping' };
  await ask('mutation ($input: CustomerCreateInput!) { customerCreate(input: $input) { customer { id } } }', { input });
  await signIn(page, input);
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
