/** What a key press says, as much as replaying it needs. */
type HeldKey = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** Keys that mean something to a form: what writes, and what sends it. Everything else is the page's, Escape above all. */
const isForForm = ({ key, altKey, isComposing }: KeyboardEvent): boolean =>
  !altKey && !isComposing && (key.length === 1 || key === 'Enter');

/**
 * Keeps what is typed while the code of a form is on its way, and gives it to the form in the order it was typed: whoever presses
 * the key that opens a form and goes on typing loses nothing. Escape drops what was kept.
 *
 * @returns ends the keeping; what was kept goes to the form that has taken the focus meanwhile, and nowhere else
 */
export function holdKeys(): () => void {
  const held: HeldKey[] = [];
  const hold = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') held.length = 0;
    if (!isForForm(event)) return;
    event.preventDefault();
    event.stopPropagation();
    const { key, ctrlKey, metaKey, shiftKey } = event;
    if (!event.repeat) held.push({ key, ctrlKey, metaKey, shiftKey });
  };
  window.addEventListener('keydown', hold, { capture: true });
  return () => {
    window.removeEventListener('keydown', hold, { capture: true });
    void replay(held);
  };
}

/** One after the other, so that each meets the form as the one before has left it. */
async function replay(held: readonly HeldKey[]): Promise<void> {
  for (const pressed of held) {
    await new Promise((resolve) => setTimeout(resolve));
    const target = document.activeElement;
    if (target?.closest('[data-verdict-bar] form') == null) return;
    const event = new KeyboardEvent('keydown', { ...pressed, bubbles: true, cancelable: true });
    if (target.dispatchEvent(event)) typeInto(target, pressed);
  }
}

/** What the browser does with a key of a person and not with one of a program. */
function typeInto(target: Element, { key, ctrlKey, metaKey }: HeldKey): void {
  if (ctrlKey || metaKey) return;
  if (key === 'Enter' && target instanceof HTMLInputElement) target.form?.requestSubmit();
  else if (takesText(target)) {
    const { selectionStart, selectionEnd } = target;
    target.setRangeText(
      key === 'Enter' ? '\n' : key,
      selectionStart ?? 0,
      selectionEnd ?? 0,
      'end',
    );
    target.dispatchEvent(new InputEvent('input', { bubbles: true }));
  }
}

const takesText = (target: Element): target is HTMLTextAreaElement | HTMLInputElement =>
  target instanceof HTMLTextAreaElement ||
  (target instanceof HTMLInputElement && ['text', 'search'].includes(target.type));
