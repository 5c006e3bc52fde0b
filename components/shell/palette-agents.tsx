'use client';

import { useQuery } from '@tanstack/react-query';
import { Command } from 'cmdk';
import { useDeferredValue } from 'react';
import type { z } from 'zod';
import { TrustGlyph, formatScore } from '@/components/trust';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { agentPageSchema } from '@/lib/contracts';
import { agentKeys } from '@/lib/client/query-keys';
import { useApi, useWorkspace } from '@/lib/client/session';
import { t } from '@/lib/client/language';
import { PALETTE_GROUP, PaletteItem } from './palette-item';

const RESULTS = 8;

function useAgentSearch(search: string, enabled: boolean) {
  const api = useApi();
  const workspace = useWorkspace();
  const query = { q: search, limit: RESULTS };
  return useQuery({
    queryKey: agentKeys.list(workspace, query),
    queryFn: ({ signal }) =>
      api.get<z.infer<typeof agentPageSchema>>('/api/v1/agents', { query, signal }),
    enabled,
    placeholderData: (previous) => previous,
  });
}

/** Agents whose name, owner, purpose or id match; the server searches. */
export function AgentResults({
  search,
  open,
  go,
}: {
  search: string;
  open: boolean;
  go: (path: string) => void;
}) {
  const workspace = useWorkspace();
  const found = useAgentSearch(useDeferredValue(search.trim()), open);
  const agents = found.data?.items ?? [];
  const words = found.isFetching
    ? t('Searching…')
    : found.isError
      ? t('Agents could not be searched. Try again.')
      : t('Nothing found for “{search}”.', { search });
  return (
    <>
      <Command.Empty className="px-2 py-6 text-center text-ink-2">{words}</Command.Empty>
      {agents.length > 0 ? (
        <Command.Group heading={t('Agents')} className={PALETTE_GROUP}>
          {agents.map((agent) => (
            <PaletteItem
              key={agent.id}
              // The search is part of the value: the server has matched already.
              value={`agent ${agent.name} ${agent.id} ${search}`}
              icon={<TrustGlyph trust={agent.trust} size={20} decorative />}
              onSelect={() => go(`/${workspace}/agents/${agent.id}`)}
            >
              <UntrustedText text={agent.name} className="truncate" />
              <span className="ml-auto text-dense text-ink-2">
                {t('{score}, rung {rung}', {
                  score: formatScore(agent.trust.score),
                  rung: agent.trust.rung,
                })}
              </span>
            </PaletteItem>
          ))}
        </Command.Group>
      ) : null}
    </>
  );
}
