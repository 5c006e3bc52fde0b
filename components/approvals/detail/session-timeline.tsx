import { Link } from '@/components/ui/link';
import { callPath } from '@/components/trust/evidence/evidence-words';
import { RelativeTime } from '@/components/ui/relative-time';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { ApprovalDetail, SessionCall } from '@/lib/contracts';
import { counted, rich, t } from '@/lib/client/language';
import { decisionWords } from '../decision-words';
import { Section } from './section';

interface TimelineProps {
  approval: ApprovalDetail;
  workspace: string;
}

/** What the agent did in the session before this call, and where it read something from outside. */
export function SessionTimelineSection({ approval, workspace }: TimelineProps) {
  const { timeline, agent, sessionId, sources } = approval;
  if (timeline === null) return null;
  const { calls, earlier } = timeline;
  const used = new Set(sources.map(({ id }) => id));
  return (
    <Section
      title={t('Earlier in this session')}
      aside={<span>{counted(calls.length + earlier, '{count} call', '{count} calls')}</span>}
    >
      {calls.length === 0 ? (
        <p className="text-dense text-ink-2">
          {t('This is the agent’s first call in the session.')}
        </p>
      ) : (
        <ol className="flex flex-col divide-y divide-line">
          {earlier === 0 ? null : (
            <li className="py-1 text-dense text-ink-2">
              {counted(earlier, '{count} call before these:', '{count} calls before these:')}{' '}
              <Link
                href={sessionPath(workspace, agent.id, sessionId)}
                className="text-accent underline underline-offset-2"
              >
                {t('page of the agent')}
              </Link>
            </li>
          )}
          {calls.map((call) => (
            <CallLine
              key={call.id}
              call={call}
              href={callPath(workspace, agent.id, { sessionId, decisionId: call.id })}
              used={used.has(call.id)}
            />
          ))}
        </ol>
      )}
    </Section>
  );
}

function sessionPath(workspace: string, agentId: string, sessionId: string | null): string {
  const query = new URLSearchParams(sessionId === null ? {} : { session: sessionId });
  return `/${workspace}/agents/${encodeURIComponent(agentId)}?${query.toString()}`;
}

function CallLine({ call, href, used }: { call: SessionCall; href: string; used: boolean }) {
  return (
    <li className="grid grid-cols-[72px_minmax(0,1fr)] gap-x-3 gap-y-0.5 py-1 text-dense md:grid-cols-[88px_minmax(0,1fr)_auto]">
      <RelativeTime at={call.decidedAt} className="text-ink-2" />
      <span className="min-w-0">
        <Link href={href} className="text-accent hover:underline">
          <UntrustedText text={call.tool} mono />
        </Link>{' '}
        <span className="text-ink-2">
          {rich('on {type}', { type: <UntrustedText text={call.resource.type} /> })}{' '}
          <UntrustedText text={call.resource.id} mono />
        </span>
      </span>
      <span className="flex flex-wrap gap-x-3 max-md:col-start-2 md:justify-end">
        <ReadMark call={call} used={used} />
        <span className="font-medium">{decisionWords(call)}</span>
      </span>
    </li>
  );
}

/** That the call gave the agent something to read from outside, and whether this call has words of it. */
function ReadMark({ call: { id, read }, used }: { call: SessionCall; used: boolean }) {
  if (read === null) return null;
  const hostile = read.hostile ? (
    <strong className="font-semibold text-sev-2">{t('hostile text')}</strong>
  ) : null;
  if (!used) return hostile ?? <span className="text-ink-2">{t('read from outside')}</span>;
  return (
    <>
      {hostile}
      <a href={`#read-${id}`} className="font-semibold text-sev-2 underline underline-offset-2">
        {t('read here, used now')}
      </a>
    </>
  );
}
