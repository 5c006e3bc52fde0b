'use client';

import { Radio, RadioTower, WifiOff } from 'lucide-react';
import { exactText } from '@/components/ui/time-text';
import { useConnection } from '@/lib/client/session';
import { t } from '@/lib/client/language';

/** Whether what is on screen is live. A word and a shape, not a colored dot alone. */
export function ConnectionState() {
  const connection = useConnection();
  const look = {
    connecting: { icon: RadioTower, word: t('Connecting'), hint: t('Connecting for live updates') },
    live: { icon: Radio, word: t('Live'), hint: t('Changes appear here within a second') },
    lost: { icon: WifiOff, word: t('Not live'), hint: '' },
  }[connection.state];
  const hint =
    connection.state === 'lost'
      ? `${t('Connection lost at')}\n${exactText(connection.since)}`
      : look.hint;
  const tone = connection.state === 'lost' ? 'text-sev-3 font-medium' : 'text-ink-2';
  return (
    <span
      role="status"
      data-hint={hint}
      className={`flex h-8 items-center gap-1.5 px-1.5 text-dense ${tone}`}
    >
      <look.icon aria-hidden size={14} />
      <span className="max-md:sr-only">{look.word}</span>
    </span>
  );
}
