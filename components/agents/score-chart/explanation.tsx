'use client';

import { useQuery } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { formatScore, pointsText } from '@/components/trust/score-text';
import { rungName } from '@/components/trust/layers';
import { IconButton } from '@/components/ui/button';
import { Failed, SkeletonRows } from '@/components/ui/states';
import { exactText } from '@/components/ui/time-text';
import type { Explanation } from '@/lib/contracts';
import { describeError } from '@/lib/client/api-error';
import { useWorkspace } from '@/lib/client/session';
import { explainOptions } from '../queries';
import { momentText } from './point-text';
import { waterfall } from './waterfall';
import { WaterfallSteps } from './waterfall-steps';
import { counted, t } from '@/lib/client/language';

interface ExplanationPanelProps {
  agentId: string;
  at: number;
  rungs: readonly { rung: number; name: string }[];
  onClose: () => void;
}

/** What moved the score at the pinned moment, as a waterfall from the score before to the score after. */
export function ExplanationPanel({ agentId, at, rungs, onClose }: ExplanationPanelProps) {
  const workspace = useWorkspace();
  const query = useQuery(explainOptions(workspace, agentId, at));
  return (
    <section
      aria-label={t('What moved the score at the pinned moment')}
      className="rounded-md border border-accent/40 bg-surface"
    >
      <header className="flex items-center gap-2 border-b border-line py-1 pr-1 pl-3">
        <h3 className="text-dense font-semibold" data-hint={exactText(at)}>
          {t('What moved the score at {time}', { time: momentText(at) })}
        </h3>
        <IconButton
          label={t('Unpin this moment (Esc)')}
          size="sm"
          className="ml-auto"
          icon={<X aria-hidden size={14} />}
          onClick={onClose}
        />
      </header>
      <div aria-live="polite">
        {query.data ? (
          <Explained explanation={query.data} rungs={rungs} />
        ) : query.isError ? (
          <Failed
            what={t('This moment could not be explained.')}
            {...describeError(query.error)}
            onRetry={() => void query.refetch()}
          />
        ) : (
          <SkeletonRows rows={3} label={t('Loading the explanation')} />
        )}
      </div>
    </section>
  );
}

const DECIMALS = 3;

function Explained({
  explanation,
  rungs,
}: {
  explanation: Explanation;
  rungs: ExplanationPanelProps['rungs'];
}) {
  const shape = waterfall(explanation);
  return (
    <div className="px-3 py-2">
      <p className="text-sm">{summary(explanation, rungs)}</p>
      <WaterfallSteps
        shape={shape}
        beforeLabel={
          explanation.before
            ? t('Before, {time}', { time: momentText(Date.parse(explanation.before.at)) })
            : t('Before the first evidence')
        }
        afterLabel={t('After, {time}', { time: momentText(Date.parse(explanation.after.at)) })}
      />
      <p className="mt-2 text-xs text-ink-2">
        {t(
          'Scoring configuration {configuration}, ladder version {ladder}. One point is {point} of score.',
          {
            configuration: explanation.configVersion,
            ladder: explanation.ladderVersion,
            point: formatScore(0.01),
          },
        )}
      </p>
    </div>
  );
}

function summary(explanation: Explanation, rungs: ExplanationPanelProps['rungs']): string {
  const { before, after, contributions } = explanation;
  const score = formatScore(after.score, DECIMALS);
  const signals = contributions.length;
  if (!before)
    return counted(
      signals,
      'First score: {score}, from {count} signal.',
      'First score: {score}, from {count} signals.',
      { score },
    );
  const move = {
    from: formatScore(before.score, DECIMALS),
    to: score,
    change: pointsText(after.score - before.score),
  };
  const moved =
    signals === 0
      ? t('{from} to {to}, {change}, by the passing of time alone.', move)
      : counted(
          signals,
          '{from} to {to}, {change}, by {count} signal.',
          '{from} to {to}, {change}, by {count} signals.',
          move,
        );
  return `${moved} ${rungSentence(before.rung, after.rung, rungName(after.rung, rungs))}`;
}

function rungSentence(before: number, rung: number, name: string): string {
  if (before === rung) return t('Rung {rung} {name} stayed.', { rung, name });
  return rung > before
    ? t('The agent climbed from rung {before} to rung {rung} {name}.', { before, rung, name })
    : t('The agent fell from rung {before} to rung {rung} {name}.', { before, rung, name });
}
