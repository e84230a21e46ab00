// Owns the stand-in for react-style-singleton, which writes <style> tags that a strict `style-src` refuses. They only lock the
// page's scrolling behind a dialog, and this page does not scroll.

/** A component that draws and styles nothing. */
export const styleSingleton = () => () => null;
/** A hook that does nothing. */
export const styleHookSingleton = () => () => {};
/** A style sheet that stays empty. */
export const stylesheetSingleton = () => ({ add() {}, remove() {} });
