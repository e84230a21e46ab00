// Owns the field for discount codes and gift cards: what is typed is tried as the one, then as the other, and what the cart has is
// listed with a way to take it off.
import { isSomething } from '../shared/costs.js';
import { CART_DISCOUNT_CODES_UPDATE, CART_GIFT_CARD_CODES_ADD, CART_GIFT_CARD_CODES_REMOVE } from '../shared/documents.js';
import { byId, element, whileBusy } from '../shared/dom.js';
import { money, sentence } from '../shared/format.js';

const sayings = ({ userErrors, warnings }) => [...userErrors, ...warnings].map(({ message }) => message);

/** Draws the codes of the cart and changes them. `onCart` gets the cart as it is after each change. */
export function createCodes({ send, cart, onCart }) {
  const input = byId('code');
  let current = cart;
  // The answer to a change of the codes says why one does not apply; the cart says only that it does not.
  let reasons = new Map();
  let working = Promise.resolve();

  /** Does what a button asks for; paying waits for it. */
  function busy(button, label, work) {
    const done = whileBusy(button, label, work);
    working = Promise.allSettled([working, done]);
    return done;
  }

  function say(text, wrong = false) {
    byId('code-message').textContent = text;
    byId('code-message').className = text ? (wrong ? 'field-error' : 'soft small') : '';
    if (wrong) input.setAttribute('aria-invalid', 'true');
    else input.removeAttribute('aria-invalid');
  }

  async function change(document, mutation, variables) {
    const payload = (await send(document, { id: current.id, ...variables }))[mutation];
    if (payload.cart) onCart(payload.cart);
    return payload;
  }

  /** Sends all codes. The warnings come in the order of the codes that do not apply. */
  async function setCodes(codes) {
    const payload = await change(CART_DISCOUNT_CODES_UPDATE, 'cartDiscountCodesUpdate', { codes });
    const warnings = payload.warnings.filter(({ code }) => code.startsWith('DISCOUNT_'));
    const refused = (payload.cart?.discountCodes ?? []).filter(({ applicable }) => !applicable);
    if (warnings.length === refused.length) reasons = new Map(refused.map(({ code }, index) => [code, warnings[index]]));
    draw();
    return payload;
  }

  async function addCard(text) {
    const payload = await change(CART_GIFT_CARD_CODES_ADD, 'cartGiftCardCodesAdd', { codes: [text] });
    const said = sayings(payload);
    if (said.length) return say(`“${text}” is no discount code, and ${said.join(' ')}.`, true);
    const card = payload.cart.appliedGiftCards.at(-1);
    input.value = '';
    return say(card ? `The gift card ending in ${card.lastCharacters} pays ${money(card.amountUsed)}.` : '');
  }

  async function apply(text) {
    const before = current.discountCodes.map(({ code }) => code);
    if (before.some((code) => code.toLowerCase() === text.toLowerCase())) return say(`“${text}” is in the cart already.`, true);
    const { cart: tried, userErrors } = await setCodes([...before, text]);
    if (!tried) return say(userErrors.map(({ message }) => sentence(message)).join(' '), true);
    const entered = tried.discountCodes.at(-1);
    const reason = reasons.get(entered?.code);
    // What is no discount code does not stay with the cart: it may be the secret of a gift card.
    if (reason?.code === 'DISCOUNT_NOT_FOUND') {
      await setCodes(before);
      return addCard(text);
    }
    input.value = '';
    // Why it does not apply stands, and is read out, in the list.
    return say(entered?.applicable ? `“${text}” is applied.` : '');
  }

  /** A button that goes with its line leaves the focus at the field. */
  async function remove(button, what, work) {
    try {
      const said = sayings(await busy(button, 'Removing…', work)).filter((text) => !refusedText(text));
      say(said.length ? said.map(sentence).join(' ') : `${what} is removed.`, said.length > 0);
    } catch (error) {
      say(error.message, true);
    }
    input.focus();
  }
  // What stands beside its code in the list need not be said twice.
  const refusedText = (text) => [...reasons.values()].some(({ message }) => message === text);

  function item(name, label, note, bad, work) {
    const button = element('button', { class: 'link', type: 'button', 'aria-label': `Remove ${label}` }, 'Remove');
    button.addEventListener('click', () => remove(button, sentence(label).slice(0, -1), work));
    return element(
      'li',
      {},
      element('div', {}, element('strong', {}, name), element('p', { class: bad ? 'field-error' : 'soft small' }, note)),
      button,
    );
  }

  function draw() {
    const { discountCodes, appliedGiftCards } = current;
    const others = (index) => discountCodes.filter((_, place) => place !== index).map(({ code }) => code);
    // The button that has the focus is drawn anew: the focus goes to it again, or to the field when it has gone.
    const focused = byId('codes').contains(document.activeElement) && document.activeElement.getAttribute('aria-label');
    byId('codes').replaceChildren(
      ...discountCodes.map(({ code, applicable }, index) => {
        const note = applicable ? 'Applied' : sentence(reasons.get(code)?.message ?? 'does not apply to this cart');
        return item(code, `discount code ${code}`, note, !applicable, () => setCodes(others(index)));
      }),
      ...appliedGiftCards.map(({ id, lastCharacters, amountUsed, balance }) => {
        const used = isSomething(amountUsed);
        const note = used ? `Pays ${money(amountUsed)} of the ${money(balance)} on it` : 'Pays nothing here';
        const take = () => change(CART_GIFT_CARD_CODES_REMOVE, 'cartGiftCardCodesRemove', { cards: [id] });
        return item(`Gift card …${lastCharacters}`, `gift card ending in ${lastCharacters}`, note, !used, take);
      }),
    );
    if (!focused) return;
    const again = [...byId('codes').querySelectorAll('button')].find((button) => button.getAttribute('aria-label') === focused);
    (again ?? input).focus({ preventScroll: true });
  }

  byId('code-form').addEventListener('submit', async (event) => {
    event.preventDefault();
    const text = input.value.trim();
    if (!text) return input.focus();
    say('');
    try {
      await busy(byId('apply'), 'Trying…', () => apply(text));
    } catch (error) {
      say(error.message, true);
    }
    return input.focus();
  });
  draw();

  return {
    /** Waits for what is on its way. */
    settle: () => working,
    /** The cart changed elsewhere. */
    show(changed) {
      current = changed;
      draw();
    },
  };
}
