'use client';

import { useState, type ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { latePart } from '@/components/ui/late-part';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { AgentDetail } from '@/lib/contracts';
import { usePermission } from '@/lib/client/session';
import { budgetText, commitmentText, hoursText, OPEN_CLAUSES } from './decision-text';
import { t } from '@/lib/client/language';

// Opened once in a while; no page begins with it.
const [ChangePactDialog] = latePart(
  async () => (await import('./change-pact-dialog')).ChangePactDialog,
  {
    loading: null,
    get what() {
      return t('This window could not be opened.');
    },
    giveUp: ({ onClose }) => onClose(),
  },
);

/** What the agent is for and what it may touch, as its pact says. */
export function PactTab({ agent }: { agent: AgentDetail }) {
  const mayEdit = usePermission('agents.edit') && agent.status !== 'revoked';
  const [changing, setChanging] = useState(false);
  return (
    <div className="px-4 pb-4">
      <div className="flex flex-wrap items-start gap-2">
        <p className="min-w-0 flex-1 basis-80 text-dense text-ink-2">
          {t(
            'Version {version} of the pact. Calls outside of its tools, resources and data classes are denied, whatever the score; outside of its hours, or without a case where it asks for one, a person decides.',
            { version: agent.pactVersion },
          )}
        </p>
        {mayEdit ? (
          <Button size="sm" className="ml-auto max-md:h-11" onClick={() => setChanging(true)}>
            {t('Change the pact…')}
          </Button>
        ) : null}
      </div>
      <Clauses agent={agent} />
      {changing ? <ChangePactDialog agent={agent} onClose={() => setChanging(false)} /> : null}
    </div>
  );
}

function Clauses({ agent: { pact, purpose } }: { agent: AgentDetail }) {
  return (
    <dl className="mt-3 grid gap-x-6 gap-y-4 md:grid-cols-2">
      <Clause label={t('Purpose')}>
        <UntrustedText text={purpose} />
      </Clause>
      <Clause label={t('Hours')}>{hoursText(pact.hours)}</Clause>
      <Clause label={t('Tools')}>
        <Names names={pact.tools} any={OPEN_CLAUSES.tools} />
      </Clause>
      <Clause label={t('Resources')}>
        <Names names={pact.resources} any={OPEN_CLAUSES.resources} />
      </Clause>
      <Clause label={t('Data classes')}>
        <Names names={pact.dataClasses} any={OPEN_CLAUSES.dataClasses} />
      </Clause>
      <Clause label={t('Only for an open case')}>
        <Names names={pact.caseFor} any={t('Nothing')} />
      </Clause>
      <Clause label={t('Chain of delegation')}>
        {t('At most {count}', { count: pact.delegationDepth ?? 1 })}
      </Clause>
      <Clause label={t('Budgets')}>
        <Lines lines={pact.budgets?.map(budgetText)} none={t('None')} />
      </Clause>
      <Clause label={t('Commitments')}>
        <Lines
          lines={pact.commitments?.map((entry) => `${entry.name}: ${commitmentText(entry)}`)}
          none={t('None')}
        />
      </Clause>
    </dl>
  );
}

function Clause({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-dense font-semibold">{label}</dt>
      <dd className="mt-1">{children}</dd>
    </div>
  );
}

function Names({ names, any }: { names: readonly string[] | undefined; any: string }) {
  if (!names || names.includes('*')) return any;
  // An empty list allows nothing, which is the opposite of no list.
  if (names.length === 0) return <span className="text-ink-2">{t('None')}</span>;
  return (
    <ul className="flex flex-wrap gap-1.5">
      {names.map((name) => (
        <li key={name}>
          <Badge className="font-mono">
            <UntrustedText text={name} />
          </Badge>
        </li>
      ))}
    </ul>
  );
}

function Lines({ lines, none }: { lines: readonly string[] | undefined; none: string }) {
  if (!lines || lines.length === 0) return <span className="text-ink-2">{none}</span>;
  return (
    <ul className="flex flex-col gap-1">
      {lines.map((line) => (
        <li key={line}>
          <UntrustedText text={line} />
        </li>
      ))}
    </ul>
  );
}
