'use client';

import {
  keepPreviousData,
  useQuery,
  useQueryClient,
  type UseQueryResult,
} from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Agent } from '@/lib/contracts';
import { useWorkspace } from '@/lib/client/session';
import { t } from '@/lib/client/language';
import { agentChoicesQuery } from './queries';

interface AgentFieldProps {
  /** The id of the agent, or nothing yet. */
  value: string;
  onValue: (agentId: string) => void;
  error: string | undefined;
}

/** An agent by search. Once chosen, the list gives way to the choice. */
export function AgentField({ value, onValue, error }: AgentFieldProps) {
  const [chosen, setChosen] = useState<Agent>();
  if (chosen === undefined || chosen.id !== value)
    return (
      <AgentSearch
        error={error}
        onChoose={(agent) => {
          setChosen(agent);
          onValue(agent.id);
        }}
      />
    );
  return (
    <div className="flex flex-col gap-1">
      <p className="text-dense font-medium">{t('Agent')}</p>
      <div
        role="status"
        className="flex items-center gap-2 rounded-md border border-line bg-sunken px-2.5 py-1.5"
      >
        <UntrustedText text={chosen.name} className="min-w-0 truncate font-medium" />
        <span className="min-w-0 truncate text-dense text-ink-2">
          <UntrustedText text={chosen.owner} />
        </span>
        <Button
          autoFocus
          size="sm"
          variant="quiet"
          className="ml-auto max-md:h-11"
          onClick={() => onValue('')}
        >
          {t('Choose another')}
        </Button>
      </div>
      {error === undefined ? null : <p className="text-xs font-medium text-sev-1">{error}</p>}
    </div>
  );
}

function AgentSearch({
  error,
  onChoose,
}: {
  error: string | undefined;
  onChoose: (agent: Agent) => void;
}) {
  const workspace = useWorkspace();
  const client = useQueryClient();
  const [q, setQ] = useState('');
  const choices = useQuery({
    ...agentChoicesQuery(workspace, q.trim()),
    placeholderData: keepPreviousData,
  });
  // What is listed may still be what the letters before found.
  const chooseFirst = async () => {
    const found = await client
      .ensureQueryData(agentChoicesQuery(workspace, q.trim()))
      .catch(() => null);
    const first = found?.items[0];
    if (first !== undefined) onChoose(first);
  };
  return (
    <Field label={t('Agent')} error={error} help={t('Enter chooses the first one.')}>
      <Input
        type="search"
        value={q}
        placeholder={t('Search by name, owner or id')}
        autoComplete="off"
        onChange={(event) => setQ(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          void chooseFirst();
        }}
      />
      <AgentsFound choices={choices} onChoose={onChoose} />
    </Field>
  );
}

function AgentsFound({
  choices: { data, isPending, isError },
  onChoose,
}: {
  choices: UseQueryResult<{ readonly items: readonly Agent[] }>;
  onChoose: (agent: Agent) => void;
}) {
  const agents = data?.items ?? [];
  return (
    <ul
      aria-label={t('Agents found')}
      className="mt-1 max-h-44 overflow-y-auto rounded-md border border-line"
    >
      {agents.map((agent) => (
        <li key={agent.id} className="border-b border-line last:border-b-0">
          <button
            type="button"
            onClick={() => onChoose(agent)}
            className="flex min-h-8 w-full items-center gap-2 px-2.5 py-1 text-left text-dense hover:bg-hover focus-visible:-outline-offset-2 max-sm:min-h-11"
          >
            <UntrustedText text={agent.name} className="min-w-0 truncate font-medium" />
            <span className="ml-auto truncate text-ink-2">
              <UntrustedText text={agent.owner} />
            </span>
          </button>
        </li>
      ))}
      {agents.length === 0 ? (
        <li className="px-3 py-2 text-dense text-ink-2">
          {isPending
            ? t('Searching…')
            : isError
              ? t('Agents could not be loaded.')
              : t('No agent matches.')}
        </li>
      ) : null}
    </ul>
  );
}
