'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Button } from '@/components/ui/button';
import { InlineStatus } from '@/components/ui/inline-status';
import { OutcomeMark } from '@/components/ui/outcome-mark';
import { Panel } from '@/components/ui/panel';
import { QueryView } from '@/components/ui/query-view';
import type { BasePolicyTry, BasePolicyVersion, OutsideHealth } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { featureKey } from '@/lib/client/query-keys';
import { useApi, useWorkspace } from '@/lib/client/session';
import { Fact, Facts, HealthFacts, HowToChange, Named, StatusBadge } from './outside-facts';
import { decisionPointQuery } from './outside-queries';
import { rich, t, texts } from '@/lib/client/language';

const KINDS: Readonly<Record<BasePolicyVersion['kind'], string>> = texts({
  none: 'Cedar in Belay: everything within the pact',
  opa: 'Open Policy Agent',
  authzen: 'an AuthZEN decision point',
});
const ENDPOINTS: Readonly<
  Record<BasePolicyVersion['kind'], (setting: BasePolicyVersion) => string>
> = {
  none: () => t('none, decided in process'),
  opa: ({ url, path }) => `${url}/v1/data/${path}`,
  authzen: ({ url }) => `${url}/access/v1/evaluation`,
};

function TryIt() {
  const api = useApi();
  const workspace = useWorkspace();
  const client = useQueryClient();
  const trying = useMutation({
    mutationFn: () => api.post<BasePolicyTry>('/api/v1/base-policy/try', {}),
    onSettled: () => client.invalidateQueries({ queryKey: featureKey(workspace, 'outside') }),
  });
  return (
    <div className="flex flex-col items-start gap-2">
      <Button pending={trying.isPending} onClick={() => trying.mutate()}>
        {t('Ask about a made-up call')}
      </Button>
      {trying.error ? (
        <InlineStatus tone="error">{describeError(trying.error).detail}</InlineStatus>
      ) : null}
      {trying.data ? (
        <InlineStatus tone="info">
          {rich('{outcome} after {ms} ms.', {
            outcome: <OutcomeMark outcome={trying.data.outcome} />,
            ms: trying.data.ms,
          })}{' '}
          {trying.data.reasons.map(({ text }) => text).join(' ')}
        </InlineStatus>
      ) : null}
    </div>
  );
}

function Details({ setting, health }: { setting: BasePolicyVersion; health: OutsideHealth }) {
  const asked = setting.kind !== 'none';
  return (
    <div className="flex flex-col gap-4">
      <Facts>
        <Fact name={t('Decided by')}>{KINDS[setting.kind]}</Fact>
        <Fact name={t('Endpoint')}>
          <code className="select-all">{ENDPOINTS[setting.kind](setting)}</code>
        </Fact>
        {asked ? (
          <>
            <Fact name={t('Waits at most')}>
              {t('{ms} ms; no answer is a deny', { ms: setting.timeoutMs })}
            </Fact>
            <Fact name={t('Token')}>{setting.hasToken ? t('set, never shown') : t('none')}</Fact>
          </>
        ) : null}
        <Fact name={t('Version {version}', { version: setting.version })}>
          <Named by={setting.createdBy} at={setting.createdAt} reason={setting.reason} />
        </Fact>
        {asked ? <HealthFacts health={health} /> : null}
      </Facts>
      {asked ? <TryIt /> : null}
      <HowToChange
        label={t('Name a decision point')}
        path="/api/v1/base-policy"
        body={{
          kind: 'opa',
          url: 'https://opa.example.org',
          path: 'agents/decision',
          timeoutMs: 500,
          reason: t('Why'),
          basedOn: setting.version,
        }}
      />
    </div>
  );
}

/** Who decides before Belay does, and how that is going. */
export function DecisionPointPanel() {
  const query = useQuery(decisionPointQuery(useWorkspace()));
  return (
    <Panel
      title={t('Base policy')}
      description={t('asked before each decision; Belay can only narrow what it answers')}
      actions={query.data ? <StatusBadge status={query.data.health.status} /> : undefined}
    >
      <QueryView query={query} what={t('The base policy could not be loaded.')}>
        {(data) => <Details {...data} />}
      </QueryView>
    </Panel>
  );
}
