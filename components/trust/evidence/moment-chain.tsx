import { ArrowRight } from 'lucide-react';
import { Link } from '@/components/ui/link';
import type { ReactNode } from 'react';
import { LayerChip } from '@/components/trust/layer-chip';
import { RungBadge } from '@/components/trust/rung-badge';
import { formatScore, pointsText } from '@/components/trust/score-text';
import { OutcomeMark } from '@/components/ui/outcome-mark';
import { SeverityMark } from '@/components/ui/severity-mark';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { MomentDetail } from '@/lib/contracts';
import { rich, t } from '@/lib/client/language';
import {
  argumentName,
  callPath,
  fallOf,
  incidentPath,
  isReading,
  ledgerPath,
  timeBefore,
  weightText,
} from './evidence-words';
import { SourceText } from './source-text';

interface MomentChainProps {
  workspace: string;
  agentId: string;
  moment: MomentDetail;
  rungs?: readonly { rung: number; name: string }[];
  /** The way to the moment in the score chart: a button beside the chart, a link elsewhere. */
  toChart: ReactNode;
  /** The incident whose page this is: named, not linked. */
  incident?: string;
}

const LINK = 'inline-flex min-h-6 items-center text-accent underline underline-offset-2';

/** From the words an agent read to what came of them: read, call, signal, score, rung, incident, each with the way to it. */
export function MomentChain(props: MomentChainProps) {
  const { moment } = props;
  return (
    <ol aria-label={t('From what was read to what came of it')} className="text-dense">
      <Step title={t('Read')}>
        <Reads moment={moment} />
      </Step>
      <Step title={t('Call')}>
        <Call {...props} />
      </Step>
      <Step title={t('Signal')}>
        <Signals moment={moment} />
      </Step>
      <Step title={t('Score')}>
        <Score moment={moment} toChart={props.toChart} />
      </Step>
      <Step title={t('Rung')}>
        <Rung {...props} />
      </Step>
      <Step title={t('Incident')}>
        <Incidents {...props} />
      </Step>
    </ol>
  );
}

function Step({ title, children }: { title: string; children: ReactNode }) {
  return (
    <li className="grid gap-x-4 gap-y-1 border-t border-line/60 py-2.5 first:border-t-0 md:grid-cols-[72px_minmax(0,1fr)]">
      <h4 className="leading-6 font-semibold text-ink-2">{title}</h4>
      <div className="min-w-0">{children}</div>
    </li>
  );
}

function Reads({ moment: { reads, at } }: { moment: MomentDetail }) {
  if (reads.length === 0)
    return <p className="leading-6 text-ink-2">{t('No words came with this signal.')}</p>;
  return (
    <div className="flex flex-col gap-3">
      {reads.map((read) => (
        <div key={read.id} className="flex flex-col gap-1.5">
          <p className="leading-6">
            <ReadFrom tool={read.tool} when={read.at === null ? null : timeBefore(read.at, at)} />
          </p>
          <SourceText read={read} />
        </div>
      ))}
    </div>
  );
}

function ReadFrom({ tool, when }: { tool: string | null; when: string | null }) {
  const name = <UntrustedText text={tool ?? t('A tool')} mono className="font-medium" />;
  return when === null
    ? rich('{tool} returned this. Nobody here wrote it.', { tool: name })
    : rich('{tool} returned this, {when}. Nobody here wrote it.', { tool: name, when });
}

function Call({ workspace, agentId, moment }: MomentChainProps) {
  const { call, request, values } = moment;
  if (call === null)
    return (
      <p className="leading-6 text-ink-2">{t('The signal came without a call of the agent.')}</p>
    );
  return (
    <div className="flex flex-col gap-1.5">
      <p className="flex flex-wrap items-center gap-x-2 leading-6">
        <span>
          <UntrustedText text={call.tool} mono className="font-medium" />{' '}
          <span className="text-ink-2">{t('on {type}', { type: call.resource.type })}</span>{' '}
          <UntrustedText text={call.resource.id} mono />
        </span>
        <OutcomeMark outcome={call.outcome} word={OUTCOME_WORDS[call.outcome]} settled />
      </p>
      {isReading(moment) ? (
        <p className="text-ink-2">
          {t('This call brought the text. What it says is no deed yet.')}
        </p>
      ) : null}
      {values.length > 0 ? <Values values={values} /> : null}
      {request === null ? null : (
        <p className="text-ink-2">
          {t('Asked for:')}{' '}
          <q className="text-ink">
            <UntrustedText text={request} />
          </q>
        </p>
      )}
      <p className="flex flex-wrap gap-x-4">
        <Link href={callPath(workspace, agentId, call)} className={LINK}>
          {call.sessionId === null ? t('Show the decision') : t('Show the decision in its session')}
        </Link>
        {call.approvalId === null ? null : (
          <Link href={`/${workspace}/approvals/${call.approvalId}`} className={LINK}>
            {t('Show the approval')}
          </Link>
        )}
        <Link href={ledgerPath(workspace, `decision:${call.decisionId}`)} className={LINK}>
          {t('Show it in the ledger')}
        </Link>
      </p>
    </div>
  );
}

const OUTCOME_WORDS = {
  get allow() {
    return t('Allowed');
  },
  get require_approval() {
    return t('Needed approval');
  },
  get suggest() {
    return t('Suggested only');
  },
  get deny() {
    return t('Denied');
  },
} as const;

function Values({ values }: Pick<MomentDetail, 'values'>) {
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-3 gap-y-0.5">
      {values.map(({ path, value, whole }) => (
        <div key={path} className="contents">
          <dt>
            <UntrustedText text={argumentName(path)} mono className="text-ink-2" />
          </dt>
          <dd className="min-w-0">
            <UntrustedText text={value} mono />{' '}
            <span className="text-xs font-medium text-sev-2">
              {whole ? t('only in the text above') : t('in part only in the text above')}
            </span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Signals({ moment }: { moment: MomentDetail }) {
  return (
    <ul className="flex flex-col gap-1">
      {moment.signals.map((signal) => (
        <li key={signal.id} className="flex flex-wrap items-baseline gap-x-3 leading-6">
          <span>{signal.text}</span>
          <LayerChip layer={signal.layer} className="text-ink-2" />
          <span className="text-ink-2">
            {t('{weight}, {points} at once', {
              weight: weightText(signal.weight),
              points: pointsText(signal.scoreDelta),
            })}
          </span>
          <code className="text-xs text-ink-3">{signal.kind}</code>
        </li>
      ))}
    </ul>
  );
}

function Score({ moment, toChart }: { moment: MomentDetail; toChart: ReactNode }) {
  const { before, after } = moment;
  const fall = fallOf(moment);
  return (
    <p className="flex flex-wrap items-center gap-x-3 leading-6">
      {after === null ? (
        <span className="text-ink-2">{t('No point of the score was kept.')}</span>
      ) : (
        <span className="inline-flex items-center gap-1.5">
          {before === null ? null : (
            <>
              <span>{formatScore(before.score)}</span>
              <To />
            </>
          )}
          <strong className="font-semibold">{formatScore(after.score)}</strong>
          {fall === null ? null : <span>{pointsText(fall)}</span>}
        </span>
      )}
      {toChart}
    </p>
  );
}

function Rung({ moment: { before, after, restrictions }, rungs }: MomentChainProps) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1 leading-6">
      {after === null ? (
        <span className="text-ink-2">{t('Not known.')}</span>
      ) : before === null || before.rung === after.rung ? (
        <span className="inline-flex items-center gap-1.5">
          <RungBadge rung={after.rung} rungs={rungs} named />
          {t(', as before')}
        </span>
      ) : (
        <span className="inline-flex flex-wrap items-center gap-1.5">
          <RungBadge rung={before.rung} rungs={rungs} named />
          <To />
          <RungBadge rung={after.rung} rungs={rungs} named />
        </span>
      )}
      {restrictions.map(({ id, name }) => (
        <span key={id} className="font-medium text-sev-2">
          {t('{restriction} began', { restriction: name })}
        </span>
      ))}
    </div>
  );
}

function To() {
  return (
    <>
      <ArrowRight aria-hidden size={14} className="text-ink-3" />
      <span className="sr-only">{t('to')}</span>
    </>
  );
}

function Incidents({ workspace, moment, incident }: MomentChainProps) {
  if (moment.incidents.length === 0)
    return <p className="leading-6 text-ink-2">{t('None: these signals open no incident.')}</p>;
  return (
    <ul className="flex flex-col gap-1">
      {moment.incidents.map((item) => (
        <li key={item.id} className="flex flex-wrap items-center gap-x-2 leading-6">
          <SeverityMark severity={item.severity} />
          <span className="text-ink-2">{item.state}</span>
          {item.id === incident ? (
            <span>{t('This incident')}</span>
          ) : (
            <Link href={incidentPath(workspace, item.id)} className={LINK}>
              {item.title}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
