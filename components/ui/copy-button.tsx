'use client';

import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { t } from '@/lib/client/language';
import { IconButton } from './button';

const SHOWN_MS = 1_500;

async function writeClipboard(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

/** Copies a text and says so, or says that the browser refused. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [result, setResult] = useState<'copied' | 'refused' | null>(null);
  useEffect(() => {
    if (!result) return undefined;
    const timer = setTimeout(() => setResult(null), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [result]);
  return (
    <span className="inline-flex items-center gap-1">
      <span role="status" className="font-sans text-xs text-ink-2">
        {result === 'copied'
          ? t('Copied')
          : result === 'refused'
            ? t('The browser refused: select and copy')
            : ''}
      </span>
      <IconButton
        size="sm"
        label={label}
        icon={
          result === 'copied' ? <Check aria-hidden size={14} /> : <Copy aria-hidden size={14} />
        }
        onClick={() =>
          void writeClipboard(text).then((done) => setResult(done ? 'copied' : 'refused'))
        }
      />
    </span>
  );
}
