'use client';

import { useState } from 'react';

/**
 * The last value from before `held` became true, for as long as it is true: live data does not move what is under the
 * pointer or the focus. `fresh` says that something newer waits. A change of `key` (another range) always comes through.
 */
export function useHeld<Value>(value: Value, held: boolean, key: string) {
  const [kept, setKept] = useState({ value, key });
  const frozen = held && kept.key === key && kept.value !== undefined;
  if (!frozen && (kept.value !== value || kept.key !== key)) setKept({ value, key });
  return { value: frozen ? kept.value : value, fresh: frozen && kept.value !== value };
}
