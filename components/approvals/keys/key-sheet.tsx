'use client';

import { useState, type KeyboardEvent } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/field';
import { Kbd } from '@/components/ui/kbd';
import { t } from '@/lib/client/language';
import { useOwnKeys, useShortcutsEnabled } from '../shortcut-preference';
import { COMMAND_KEYS } from '../shortcuts';
import { isFreeToChoose, keyNow, ownerOf, shownKeys, withKey, type OwnKeys } from './own-keys';
import { shortcutHelp, type ShortcutHelp } from './shortcut-help';

/** The row that says what a key of the page does. */
const rowOf = (key: string): ShortcutHelp | undefined =>
  shortcutHelp().find(({ keys }) => keys[0] === key);

/** The command key a row may change; other rows show keys that follow from it, or that are fixed. */
function commandKeyOf(row: ShortcutHelp): string | undefined {
  const [key] = row.keys;
  return key !== undefined && COMMAND_KEYS.includes(key) && rowOf(key)?.does === row.does
    ? key
    : undefined;
}

/** All keys with what they do. A new key is given by pressing it; one that is taken is not given, and its owner is named. */
export function KeySheet() {
  const [enabled, setEnabled] = useShortcutsEnabled();
  const [own, setOwn] = useOwnKeys();
  const { asking, told, ask, take, drop } = useAskingForKey(own, setOwn);
  return (
    <>
      <ul className="flex flex-col gap-1 text-dense">
        {shortcutHelp().map((row) => (
          <KeyRow
            key={row.does}
            row={row}
            own={own}
            asking={asking !== null && asking === commandKeyOf(row)}
            onAsk={ask}
            onKey={take}
            onDrop={drop}
          />
        ))}
      </ul>
      <p role="status" className="min-h-5 pt-2 text-dense text-ink-2">
        {told}
      </p>
      <div className="mt-2 flex flex-wrap items-center gap-3 border-t border-line pt-4">
        <Checkbox
          label={t('Single-key shortcuts on this page (arrow keys, Tab and Enter always work)')}
          checked={enabled}
          onChange={(event) => setEnabled(event.target.checked)}
        />
        <Button size="sm" disabled={Object.keys(own).length === 0} onClick={() => setOwn({})}>
          {t('Reset all keys')}
        </Button>
      </div>
    </>
  );
}

function useAskingForKey(own: OwnKeys, setOwn: (own: OwnKeys) => void) {
  const [asking, setAsking] = useState<string | null>(null);
  const [told, setTold] = useState('');
  const take = (pressed: string): void => {
    if (asking === null) return;
    const key = pressed.toLowerCase();
    const owner = ownerOf(key, COMMAND_KEYS, own);
    if (!isFreeToChoose(key) && key !== asking)
      return setTold(t('A key is one letter, so that Shift can still be told from it.'));
    if (owner !== undefined && owner !== asking)
      return setTold(
        t('{key} is taken: {does}. Press another letter, or Escape.', {
          key,
          does: rowOf(owner)?.does ?? owner,
        }),
      );
    setOwn(withKey(own, asking, key));
    setAsking(null);
    return setTold(t('{key} is the key now: {does}.', { key, does: rowOf(asking)?.does ?? '' }));
  };
  const ask = (key: string): void => {
    setAsking(key);
    setTold('');
  };
  return { asking, told, ask, take, drop: () => setAsking(null) };
}

interface KeyRowProps {
  row: ShortcutHelp;
  own: OwnKeys;
  asking: boolean;
  onAsk: (key: string) => void;
  onKey: (pressed: string) => void;
  onDrop: () => void;
}

function KeyRow({ row, own, asking, onAsk, onKey, onDrop }: KeyRowProps) {
  const key = commandKeyOf(row);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!asking || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Tab' || event.key === 'Shift') return;
    // The dialog would close on Escape, and the button would be pressed by Enter.
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') onDrop();
    else if (!event.repeat) onKey(event.key);
  };
  return (
    <li className="flex min-h-7 items-center gap-3">
      <span className="flex w-28 shrink-0 gap-1">
        {row.keys.map((one) => (
          <Kbd key={one}>{shownKeys(one, own)}</Kbd>
        ))}
      </span>
      <span className="min-w-0 flex-1">{row.does}</span>
      {key === undefined ? null : (
        <Button
          size="sm"
          variant={asking ? 'primary' : 'quiet'}
          aria-label={
            asking
              ? t('Press the new key for: {does}', { does: row.does })
              : t('Change the key {key}: {does}', { key: keyNow(key, own), does: row.does })
          }
          onClick={() => onAsk(key)}
          onKeyDown={onKeyDown}
          onBlur={asking ? onDrop : undefined}
        >
          {asking ? t('Press a letter…') : t('Change')}
        </Button>
      )}
    </li>
  );
}
