'use client';

import { useState } from 'react';
import { Field, Input } from '@/components/ui/field';
import { Empty } from '@/components/ui/states';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { t } from '@/lib/client/language';
import type { Tool } from '@/lib/contracts';
import { factWords } from './fact-words';
import { toolsFound } from './tools-found';

/** The catalogue: what is decided on when a tool is called. */
export function Catalogue({ tools }: { tools: readonly Tool[] }) {
  const [wanted, setWanted] = useState('');
  if (tools.length === 0)
    return (
      <Empty title={t('Nobody has described a tool yet')}>
        {t('A tool nobody has described counts as a risky write, and a person looks at each call.')}
      </Empty>
    );
  const found = toolsFound(tools, wanted);
  return (
    <>
      <div role="search" className="px-4 py-2">
        <Field label={t('Find a tool')} hideLabel className="max-w-80">
          <Input
            type="search"
            value={wanted}
            placeholder={t('Find a tool by its name or description')}
            onChange={(event) => setWanted(event.target.value)}
          />
        </Field>
      </div>
      <p role="status" className="px-4 pb-2 text-dense text-ink-2">
        {t('{count} of {total} tools', { count: found.length, total: tools.length })}
      </p>
      <ul className="divide-y divide-line border-t border-line">
        {found.map((tool) => (
          <li key={tool.name} className="px-4 py-2">
            <p>
              <code className="font-medium wrap-anywhere">{tool.name}</code>{' '}
              {tool.description ? <UntrustedText text={tool.description} /> : null}
            </p>
            <p className="text-dense text-ink-2">{factWords(tool).join(', ')}</p>
          </li>
        ))}
      </ul>
    </>
  );
}
