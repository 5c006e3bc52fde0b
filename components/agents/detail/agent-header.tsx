import { OctagonX, Pin } from 'lucide-react';
import { Link } from '@/components/ui/link';
import type { ReactNode } from 'react';
import { RungBadge } from '@/components/trust/rung-badge';
import { TrustGlyph } from '@/components/trust/trust-glyph';
import { TrustScore } from '@/components/trust/trust-score';
import { Badge } from '@/components/ui/badge';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { AgentDetail } from '@/lib/contracts';
import { useWorkspace } from '@/lib/client/session';
import { AgentState } from '../list/agent-state';
import { KeyEnd } from '../list/key-end';
import { rich, t } from '@/lib/client/language';

/** Who it is, how far it is trusted now, what holds it, and the stop. */
export function AgentHeader({ agent, stop }: { agent: AgentDetail; stop: ReactNode }) {
  const { rungs } = agent.ladder;
  return (
    <header className="flex flex-col gap-3">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <TrustGlyph trust={agent.trust} size={32} rungs={rungs} className="mt-0.5" />
        <div className="min-w-0 flex-1 basis-64">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="text-xl font-semibold">
              <UntrustedText text={agent.name} />
            </h1>
            <AgentState agent={agent} />
            <KeyEnd agent={agent} />
            {agent.tags.map((tag) => (
              <Badge key={tag}>
                <UntrustedText text={tag} />
              </Badge>
            ))}
          </div>
          <p className="mt-0.5 max-w-[80ch] text-ink-2">
            <UntrustedText text={agent.purpose} />
          </p>
          <p className="mt-1 text-dense text-ink-2">
            {rich('Owner {owner}, version {version}, last seen {time}', {
              owner: <UntrustedText text={agent.owner} className="text-ink" />,
              version: <UntrustedText text={agent.version} className="text-ink" />,
              time: agent.lastSeenAt ? (
                <RelativeTime at={agent.lastSeenAt} focusable />
              ) : (
                t('never')
              ),
            })}
          </p>
        </div>
        <div className="flex flex-col gap-1 sm:items-end">
          <TrustScore score={agent.trust.score} change7d={agent.change7d} size="lg" />
          <RungBadge rung={agent.trust.rung} rungs={rungs} named override={agent.override} />
        </div>
        <div className="max-sm:w-full max-sm:*:w-full">{stop}</div>
      </div>
      <SwitchNotes agent={agent} />
      <OverrideNote agent={agent} />
    </header>
  );
}

function SwitchNotes({ agent }: { agent: AgentDetail }) {
  const workspace = useWorkspace();
  if (agent.switches.length === 0) return null;
  return (
    <ul className="flex flex-col gap-1">
      {agent.switches.map((item) => (
        <li
          key={item.id}
          className="flex items-center gap-2 rounded-md bg-sev-1-soft px-3 py-1.5 text-dense text-sev-1"
        >
          <OctagonX aria-hidden size={14} className="shrink-0" />
          <span className="min-w-0">
            <strong className="font-semibold">
              {item.mode === 'halt'
                ? t('Halted: every call is denied.')
                : t('Read-only: every write is denied.')}
            </strong>{' '}
            <UntrustedText text={item.reason} />
          </span>
          <Link
            href={`/${workspace}/kill-switches`}
            className="ml-auto inline-flex min-h-6 shrink-0 items-center underline underline-offset-2"
          >
            {t('Show switch')}
          </Link>
        </li>
      ))}
    </ul>
  );
}

function OverrideNote({ agent }: { agent: AgentDetail }) {
  const { override } = agent;
  if (!override) return null;
  return (
    <p className="flex items-center gap-2 rounded-md bg-sunken px-3 py-1.5 text-dense">
      <Pin aria-hidden size={14} className="shrink-0 text-ink-2" />
      <span>
        {rich(
          'Pinned to rung {rung} by {person}, ends {time}; it has earned rung {earned}. Why: {reason}',
          {
            rung: override.rung,
            person: override.createdBy,
            time: <RelativeTime at={override.until} focusable />,
            earned: override.earnedRung,
            reason: <UntrustedText text={override.reason} />,
          },
        )}
      </span>
    </p>
  );
}
