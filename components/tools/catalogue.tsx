'use client';

import { useState } from 'react';
import { DataTable, type Column } from '@/components/ui/data-table';
import { DATA_CLASS_WORDS } from '@/components/ui/data-class-words';
import { Field, Input } from '@/components/ui/field';
import { RISK_NAMES } from '@/components/ui/risk-words';
import { Empty, NoMatch } from '@/components/ui/states';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { t } from '@/lib/client/language';
import type { Tool } from '@/lib/contracts';
import { effectWords, reachWords } from './fact-words';
import { toolsFound } from './tools-found';

/** Two lines of what a tool is for stand in a row; all of it is read where somebody confirms it. */
const ROW_PX = 64;

const COLUMNS: readonly Column<Tool>[] = [
  {
    id: 'tool',
    get header() {
      return t('Tool');
    },
    cell: ({ name, description }) => (
      <div className="max-w-[72ch] min-w-32">
        <UntrustedText text={name} mono className="font-medium" />
        {description ? (
          <p className="line-clamp-2 text-ink-2">
            <UntrustedText text={description} />
          </p>
        ) : null}
      </div>
    ),
  },
  {
    id: 'effect',
    get header() {
      return t('What a call does');
    },
    width: '20%',
    cell: effectWords,
  },
  {
    id: 'reach',
    get header() {
      return t('Reach');
    },
    width: '14%',
    hideBelow: 'md',
    cell: reachWords,
  },
  {
    id: 'data',
    get header() {
      return t('Data it touches');
    },
    width: '14%',
    hideBelow: 'sm',
    cell: ({ dataClass }) => DATA_CLASS_WORDS[dataClass],
  },
  {
    id: 'risk',
    get header() {
      return t('Risk');
    },
    width: '88px',
    cell: ({ risk }) => RISK_NAMES[risk],
  },
];

/** The catalogue: what is decided on when a tool is called. */
export function Catalogue({ tools }: { tools: readonly Tool[] }) {
  const [wanted, setWanted] = useState('');
  if (tools.length === 0)
    return (
      <Empty title={t('Nobody has described a tool yet')}>
        {t(
          'A tool nobody has described counts as a risky write: on low rungs its calls are denied or only proposed, above them a person looks at each.',
        )}
      </Empty>
    );
  const found = toolsFound(tools, wanted);
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-2">
        <div role="search" className="w-80 max-sm:w-full">
          <Field label={t('Find a tool')} hideLabel>
            <Input
              type="search"
              value={wanted}
              placeholder={t('Find a tool by its name or description')}
              onChange={(event) => setWanted(event.target.value)}
            />
          </Field>
        </div>
        <p role="status" className="text-dense text-ink-2">
          {t('{count} of {total} tools', { count: found.length, total: tools.length })}
        </p>
      </div>
      {found.length === 0 ? (
        <NoMatch filters={[wanted]} onClear={() => setWanted('')} />
      ) : (
        <DataTable
          label={t('Catalogue')}
          rows={found}
          rowKey={({ name }) => name}
          columns={COLUMNS}
          rowHeight={ROW_PX}
          scrolls
          className="max-h-[70vh] border-t border-line"
        />
      )}
    </>
  );
}
