/** Keys a person has chosen instead of the ones the page comes with. Pure. */

/** From the key a command comes with to the key it has now; what is not in it stays as it is. */
export type OwnKeys = Readonly<Record<string, string>>;

export const NO_OWN_KEYS: OwnKeys = {};

/**
 * The key of the page that a pressed key stands for; null for one that was given away. A person who put "approve" on x presses
 * x and means a; their a means nothing.
 */
export function meantKey(pressed: string, own: OwnKeys): string | null {
  const meant = Object.keys(own).find((key) => own[key] === pressed);
  if (meant !== undefined) return meant;
  return Object.hasOwn(own, pressed) ? null : pressed;
}

/** The key to press for one the page comes with. */
export const keyNow = (key: string, own: OwnKeys): string =>
  Object.hasOwn(own, key) ? (own[key] ?? key) : key;

/**
 * Keys as they are written on a button, "a", "Shift A" or "Ctrl ⏎", with the person's own key in them.
 *
 * @example shownKeys('Shift A', { a: 'x' }) // 'Shift X'
 */
export function shownKeys(keys: string, own: OwnKeys): string {
  return keys
    .split(' ')
    .map((part) => {
      if (part.length !== 1) return part;
      const now = keyNow(part.toLowerCase(), own);
      return part === part.toLowerCase() ? now : now.toUpperCase();
    })
    .join(' ');
}

const SPOKEN: Readonly<Record<string, string>> = {
  Ctrl: 'Control',
  Strg: 'Control',
  Umschalt: 'Shift',
  '⏎': 'Enter',
  Esc: 'Escape',
};

/** The same for `aria-keyshortcuts`: "Shift+X". */
export const ariaKeys = (shown: string): string =>
  shown
    .split(' ')
    .filter((part) => part !== '+')
    .map((part) => SPOKEN[part] ?? part)
    .join('+');

/**
 * Whether a key may be given to a command: one letter, of any alphabet. Other characters need Shift on some keyboards, which is
 * what tells the confirmation of a dangerous call from the key that asks for it.
 */
export const isFreeToChoose = (key: string): boolean => /^\p{L}$/u.test(key.toLowerCase());

/** The command key whose key is `pressed` already, or undefined. */
export const ownerOf = (
  pressed: string,
  keys: readonly string[],
  own: OwnKeys,
): string | undefined => keys.find((key) => keyNow(key, own) === pressed);

/** What a browser kept. Anything that is not a full set of different letters is none of ours. */
export function parseOwnKeys(text: string | null, keys: readonly string[]): OwnKeys {
  if (text === null) return NO_OWN_KEYS;
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    return NO_OWN_KEYS;
  }
  if (typeof kept !== 'object' || kept === null) return NO_OWN_KEYS;
  const own: Record<string, string> = {};
  for (const [key, now] of Object.entries(kept))
    if (keys.includes(key) && typeof now === 'string' && isFreeToChoose(now)) own[key] = now;
  const inUse = keys.map((key) => keyNow(key, own));
  return new Set(inUse).size === inUse.length ? own : NO_OWN_KEYS;
}

/** The keys after one command got another; the one it comes with is no choice that has to be kept. */
export function withKey(own: OwnKeys, key: string, now: string): OwnKeys {
  const { [key]: _before, ...others } = own;
  return now === key ? others : { ...others, [key]: now };
}
