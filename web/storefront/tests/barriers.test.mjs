// Owns the look at every page for barriers: axe-core, and nothing wider than the screen; on a phone, on a desk, in the dark.
import { describe, test } from 'node:test';
import { addMug, barrierFree, isLive, order, picture, SHOP, visit } from './support.mjs';

// In the dark only the colors are others.
const LOOKS = { phone: ['phone', {}], desktop: ['desktop', {}], dark: ['phone', { colorScheme: 'dark' }, ['color-contrast']] };

for (const [look, [screen, options, rules]] of Object.entries(LOOKS)) {
  describe(look, () => {
    test('no page has a serious barrier, and none is wider than the screen', async () => {
      const { page, close } = await visit(screen, options);
      // The page is looked at when its frame and its `content` are there, not before.
      const see = async (path, ready, content = 'h1') => {
        await page.goto(`${SHOP}${path}`);
        await page.getByRole('heading', { level: 1, name: ready }).waitFor();
        await page.getByRole('contentinfo').getByRole('link').first().waitFor();
        await page.locator(content).first().waitFor();
        await page.locator('.loading').waitFor({ state: 'detached' });
        await barrierFree(page, rules);
        await picture(page, `${path.replace(/\W+/g, '_')}-${look}`);
      };
      await see('/', 'Good things', '.card');
      await see('/collections/kitchen', 'Kitchen', '.card');
      await see('/search?q=lamp', 'lamp', '.card');
      await see('/search?q=zzzz', 'zzzz', 'text=Nothing here has that name');
      await see('/products/tarnholm-aero-13', 'Tarnholm Aero 13', '.buy button');
      await see('/cart', 'Your cart', '.empty');
      await addMug(page);
      await barrierFree(page, rules);
      await see('/cart', 'Your cart', '.line');
      await see('/checkout', 'Checkout', '.methods input[name^="delivery"]:checked');
      await see('/account/sign-in', 'Sign in');
      await see('/account/register', 'Register');
      await see('/nowhere', 'Nothing here');
      await see('/orders/00000000-0000-7000-8000-000000000000', 'We cannot show this order here');
      await order(page);
      await isLive(page);
      await barrierFree(page, rules);
      await close();
    });
  });
}
