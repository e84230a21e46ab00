// Owns the look at every page for barriers: axe-core, and nothing wider than the screen; on a phone, on a desk, in the dark.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addMug, barrierFree, isLive, order, picture, SCREENS, SHOP, visit } from './support.mjs';

for (const screen of Object.keys(SCREENS)) {
  describe(screen, () => {
    test('no page has a serious barrier, and none is wider than the screen', async () => {
      const { page, close } = await visit(screen);
      const look = async (path, ready) => {
        await page.goto(`${SHOP}${path}`);
        await page.getByRole('heading', { level: 1, name: ready }).waitFor();
        await page.locator('.loading').waitFor({ state: 'detached' });
        await barrierFree(page);
        await picture(page, `${path.replace(/\W+/g, '_')}-${screen}`);
      };
      await look('/', 'Good things');
      await look('/collections/kitchen', 'Kitchen');
      await look('/search?q=lamp', 'lamp');
      await look('/search?q=zzzz', 'zzzz');
      await look('/products/tarnholm-aero-13', 'Tarnholm Aero 13');
      await look('/cart', 'Your cart');
      await addMug(page);
      await barrierFree(page);
      await look('/cart', 'Your cart');
      await look('/checkout', 'Checkout');
      await look('/account/sign-in', 'Sign in');
      await look('/account/register', 'Register');
      await look('/nowhere', 'Nothing here');
      await look('/orders/00000000-0000-7000-8000-000000000000', 'We cannot show this order here');
      await order(page);
      await isLive(page);
      await barrierFree(page);
      await close();
    });
  });
}
