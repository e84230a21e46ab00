// Owns the making of elements. Text always goes in as text, so nothing that a server says can become markup.

/** Makes an element: properties starting with `on` are listeners, `class` and attributes as written, children in order. */
export function element(name, properties = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? '' : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** The element with this id. The pages and their scripts are written together, so it is there. */
export const byId = (id) => document.getElementById(id);

/** `text` as an absolute http(s) address, or null: links out of the shop must never run script. */
export function webAddress(text) {
  if (!text) return null;
  try {
    const url = new URL(text, location.href);
    return url.protocol === 'http:' || url.protocol === 'https:' ? url.href : null;
  } catch {
    return null;
  }
}

/** A boxed message; `tone` is `good`, `warn` or `bad`. */
export function notice(tone, ...children) {
  return element('div', { class: `notice ${tone}`, role: tone === 'bad' ? 'alert' : 'status' }, ...children);
}

/** A select of `[value, label]` pairs. */
export function fillSelect(select, pairs, chosen) {
  select.replaceChildren(...pairs.map(([value, label]) => element('option', { value, selected: value === chosen }, label)));
}

const running = new WeakMap();

/**
 * Runs `work` with the button out of use: a second click waits for the first, and cannot send a second order. It keeps the focus,
 * which a button loses that is `disabled`.
 */
export function whileBusy(button, busyLabel, work) {
  if (!running.has(button)) running.set(button, run(button, busyLabel, work).finally(() => running.delete(button)));
  return running.get(button);
}

async function run(button, busyLabel, work) {
  const label = button.textContent;
  button.setAttribute('aria-disabled', 'true');
  button.textContent = busyLabel;
  try {
    return await work();
  } finally {
    button.removeAttribute('aria-disabled');
    button.textContent = label;
  }
}
