/** What other systems say about the fleet, as the CloudEvents they would send. */
import type { CloudEvent } from '@/lib/contracts';
import { SIGNAL_TYPE_PREFIX } from '@/lib/contracts';
import { recordSignals } from '@/lib/services/signals/record';
import type { Checked } from './checked';
import { FLEET } from './fleet';
import type { World } from './world';

const SOURCES: Readonly<Record<string, string>> = {
  'code-reviewer': 'ci/main',
  'refund-agent': 'finance/reconciliation',
  'support-chatbot': 'support/quality',
  'deploy-runner': 'monitoring/alerts',
};

/** Results of checks on actions that ran. */
export function checkEvents(world: World, checks: readonly Checked[]): CloudEvent[] {
  return checks.flatMap(({ agentKey, decisionId, passed }) =>
    eventOf(world, agentKey, {
      id: `check-${decisionId}`,
      source: SOURCES[agentKey] ?? 'quality/checks',
      kind: passed ? 'outcome.validation_passed' : 'outcome.validation_failed',
      decision: decisionId,
    }),
  );
}

/** What comes once a working day, whatever the agents do: evaluation runs, attestations, surveys, ages of credentials. */
export function dailyEvents(world: World, day: number): CloudEvent[] {
  return FLEET.filter((agent) => day >= agent.joins).flatMap((agent) =>
    (agent.evidence?.(day) ?? []).flatMap(({ kind, source, count = 1, detail }) =>
      Array.from({ length: count }, (_, n) =>
        eventOf(world, agent.key, {
          id: `${kind}-${agent.key}-${day}-${n + 1}`,
          source,
          kind,
          ...(detail === undefined ? {} : { detail }),
        }),
      ).flat(),
    ),
  );
}

interface Said {
  readonly id: string;
  readonly source: string;
  readonly kind: string;
  readonly decision?: string;
  readonly detail?: NonNullable<CloudEvent['data']>['detail'];
}

function eventOf(world: World, agentKey: string, said: Said): CloudEvent[] {
  const subject = world.agents.get(agentKey);
  if (subject === undefined) return [];
  const { id, source, kind, decision, detail } = said;
  return [
    {
      specversion: '1.0',
      id,
      source,
      type: `${SIGNAL_TYPE_PREFIX}${kind}`,
      subject,
      data: {
        ...(decision === undefined ? {} : { decision }),
        ...(detail === undefined ? {} : { detail }),
      },
    },
  ];
}

/** Hands the evidence over. @param now milliseconds since the epoch */
export async function sendEvidence(
  world: World,
  events: readonly CloudEvent[],
  now: number,
): Promise<number> {
  if (events.length === 0) return 0;
  const { accepted } = await recordSignals({ actor: world.telemetry, now }, events);
  return accepted;
}
