'use client';

import { Search } from 'lucide-react';
import { useId } from 'react';
import { t } from '@/lib/client/language';

/** A small search in long arguments; Escape empties it. */
export function FindBox({ words, onChange }: { words: string; onChange: (words: string) => void }) {
  const id = useId();
  return (
    <div className="flex items-center gap-2 border-b border-line px-3 py-1.5 focus-within:bg-hover">
      <Search aria-hidden size={14} className="shrink-0 text-ink-2" />
      <label htmlFor={id} className="sr-only">
        {t('Find in the arguments')}
      </label>
      <input
        id={id}
        type="search"
        value={words}
        placeholder={t('Find in the arguments')}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape' || words === '') return;
          event.stopPropagation();
          onChange('');
        }}
        className="min-h-6 min-w-0 flex-1 bg-transparent text-dense placeholder:text-ink-3"
      />
    </div>
  );
}
