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
      aria-label="What moved the score at the pinned moment"
      className="rounded-md border border-accent/40 bg-surface"
    >
      <header className="flex items-center gap-2 border-b border-line py-1 pr-1 pl-3">
        <h3 className="text-dense font-semibold" data-hint={exactText(at)}>
          What moved the score at {momentText(at)}
        </h3>
        <IconButton
          label="Unpin this moment (Esc)"
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
            what="This moment could not be explained."
            {...describeError(query.error)}
            onRetry={() => void query.refetch()}
          />
        ) : (
          <SkeletonRows rows={3} label="Loading the explanation" />
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
            ? `Before, ${momentText(Date.parse(explanation.before.at))}`
            : 'Before the first evidence'
        }
        afterLabel={`After, ${momentText(Date.parse(explanation.after.at))}`}
      />
      <p className="mt-2 text-xs text-ink-2">
        Scoring configuration {explanation.configVersion}, ladder version{' '}
        {explanation.ladderVersion}. One point is 0.01 of score.
      </p>
    </div>
  );
}

function summary(explanation: Explanation, rungs: ExplanationPanelProps['rungs']): string {
  const { before, after, contributions } = explanation;
  const signals = `${contributions.length} ${contributions.length === 1 ? 'signal' : 'signals'}`;
  if (!before) return `First score: ${formatScore(after.score, DECIMALS)}, from ${signals}.`;
  const change = pointsText(after.score - before.score);
  const cause = contributions.length === 0 ? 'the passing of time alone' : signals;
  const moved = `${formatScore(before.score, DECIMALS)} to ${formatScore(after.score, DECIMALS)}, ${change}, by ${cause}`;
  if (before.rung === after.rung)
    return `${moved}. Rung ${after.rung} ${rungName(after.rung, rungs)} stayed.`;
  const verb = after.rung > before.rung ? 'climbed' : 'fell';
  return `${moved}. The agent ${verb} from rung ${before.rung} to rung ${after.rung} ${rungName(after.rung, rungs)}.`;
}
