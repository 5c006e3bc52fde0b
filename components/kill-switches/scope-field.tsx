'use client';

import { useQuery } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { TrustGlyph } from '@/components/trust/trust-glyph';
import { Button } from '@/components/ui/button';
import { Field, Input } from '@/components/ui/field';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Agent } from '@/lib/contracts';
import { useWorkspace } from '@/lib/client/session';
import { agentChoicesOptions, agentOptions, toolChoicesOptions } from './queries';
import type { ScopeType } from './switch-text';
import { rich, t } from '@/lib/client/language';

interface ScopeFieldProps {
  type: ScopeType;
  value: string;
  onValue: (value: string) => void;
  error: string | undefined;
}

/** What to stop: an agent by search, a tool or a tag by name; nothing more to say for the whole workspace. */
export function ScopeField(props: ScopeFieldProps) {
  if (props.type === 'workspace') return null;
  return props.type === 'agent' ? <AgentField {...props} /> : <NameField {...props} />;
}

/** The name of a chosen scope for buttons and sentences; agents have ids that nobody reads. */
export function useScopeLabel(type: ScopeType, value: string): string {
  const workspace = useWorkspace();
  const agent = useQuery({
    ...agentOptions(workspace, value),
    enabled: type === 'agent' && value !== '',
  });
  return type === 'agent' ? (agent.data?.name ?? '') : value.trim();
}

function AgentField(props: ScopeFieldProps) {
  const workspace = useWorkspace();
  const chosen = useQuery({
    ...agentOptions(workspace, props.value),
    enabled: props.value !== '',
  });
  if (props.value !== '' && chosen.data)
    return <ChosenAgent agent={chosen.data} onClear={() => props.onValue('')} />;
  return <AgentSearch {...props} />;
}

/** Once chosen the list gives way to what follows from the choice. */
function ChosenAgent({ agent, onClear }: { agent: Agent; onClear: () => void }) {
  return (
    <div className="flex items-center gap-2 rounded-md border border-line bg-sunken px-2.5 py-1.5">
      <TrustGlyph trust={agent.trust} size={20} />
      <UntrustedText text={agent.name} className="min-w-0 truncate font-medium" />
      <span className="min-w-0 truncate text-dense text-ink-2">
        {rich('owner {name}', { name: <UntrustedText text={agent.owner} /> })}
      </span>
      <Button size="sm" variant="quiet" className="ml-auto" onClick={onClear}>
        {t('Choose another')}
      </Button>
    </div>
  );
}

function AgentSearch({ value, onValue, error }: ScopeFieldProps) {
  const workspace = useWorkspace();
  const [q, setQ] = useState('');
  const choices = useQuery(agentChoicesOptions(workspace, q.trim()));
  const agents = choices.data?.items ?? [];
  return (
    <Field label={t('Agent')} error={error}>
      <Input
        autoFocus
        type="search"
        value={q}
        placeholder={t('Search by name, owner or id')}
        autoComplete="off"
        onChange={(event) => setQ(event.target.value)}
        onKeyDown={(event) => {
          const first = agents[0];
          if (event.key !== 'Enter' || !first) return;
          event.preventDefault();
          onValue(first.id);
        }}
      />
      <ul
        aria-label={t('Agents found')}
        className="mt-1 max-h-40 overflow-y-auto rounded-md border border-line"
      >
        {agents.map((agent) => (
          <AgentChoice
            key={agent.id}
            agent={agent}
            chosen={agent.id === value}
            onChoose={() => onValue(agent.id)}
          />
        ))}
        {agents.length === 0 ? (
          <li className="px-3 py-2 text-dense text-ink-2">
            {choices.isPending
              ? t('Searching…')
              : choices.isError
                ? t('Agents could not be loaded.')
                : t('No agent matches.')}
          </li>
        ) : null}
      </ul>
    </Field>
  );
}

function AgentChoice({
  agent,
  chosen,
  onChoose,
}: {
  agent: Agent;
  chosen: boolean;
  onChoose: () => void;
}) {
  return (
    <li className="border-b border-line last:border-b-0">
      <button
        type="button"
        aria-pressed={chosen}
        onClick={onChoose}
        className="flex min-h-8 w-full items-center gap-2 px-2.5 py-1 text-left text-dense hover:bg-hover focus-visible:-outline-offset-2 max-sm:min-h-11"
      >
        <TrustGlyph trust={agent.trust} size={20} decorative />
        <UntrustedText text={agent.name} className="min-w-0 truncate font-medium" />
        <span className="ml-auto truncate text-ink-2">
          <UntrustedText text={agent.owner} />
        </span>
      </button>
    </li>
  );
}

const NAMES = {
  tool: {
    get label() {
      return t('Tool');
    },
    get help() {
      return t('Also a name that is not in the catalogue: every call of it is stopped.');
    },
  },
  tag: {
    get label() {
      return t('Tag');
    },
    get help() {
      return t('Stops every agent that has the tag, now or later.');
    },
  },
} as const;

/** A name with suggestions. Free text on purpose: what is stopped need not be known yet. */
function NameField({ type, value, onValue, error }: ScopeFieldProps) {
  const list = useId();
  const suggestions = useSuggestions(type);
  const words = NAMES[type === 'tag' ? 'tag' : 'tool'];
  return (
    <Field label={words.label} help={words.help} error={error}>
      <Input
        list={list}
        value={value}
        autoComplete="off"
        spellCheck={false}
        className="font-mono"
        onChange={(event) => onValue(event.target.value)}
      />
      <datalist id={list}>
        {suggestions.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </Field>
  );
}

function useSuggestions(type: ScopeType): string[] {
  const workspace = useWorkspace();
  const tools = useQuery({ ...toolChoicesOptions(workspace), enabled: type === 'tool' });
  const agents = useQuery({ ...agentChoicesOptions(workspace, ''), enabled: type === 'tag' });
  if (type === 'tool') return tools.data?.items.map((tool) => tool.name) ?? [];
  return [...new Set(agents.data?.items.flatMap((agent) => agent.tags))].sort();
}
