'use client';

import { useState } from 'react';
import { LayerChip } from '@/components/trust/layer-chip';
import { LAYER_LOOKS } from '@/components/trust/layers';
import { formatScore, LAYER_WORDS, pointsText } from '@/components/trust/score-text';
import { UntrustedText } from '@/components/ui/untrusted-text';
import type { Layer } from '@/lib/contracts';
import { momentText } from './point-text';
import type { Contribution, Waterfall, WaterfallStep } from './waterfall';
import { rich, t } from '@/lib/client/language';

const DECIMALS = 3;

interface WaterfallStepsProps {
  shape: Waterfall;
  beforeLabel: string;
  afterLabel: string;
}

/** One row a step: what happened in words, where it moved the score on a common scale, and by how many points. */
export function WaterfallSteps({ shape, beforeLabel, afterLabel }: WaterfallStepsProps) {
  return (
    <ol className="mt-2 text-dense">
      <EndRow label={beforeLabel} score={shape.before} shape={shape} />
      {shape.steps.map((step) => (
        <StepRow key={step.key} step={step} shape={shape} />
      ))}
      <EndRow label={afterLabel} score={shape.after} shape={shape} />
    </ol>
  );
}

const ROW =
  'grid grid-cols-[minmax(0,1fr)_auto] items-center gap-x-4 gap-y-1 border-t border-line/60 py-1.5 first:border-t-0 md:grid-cols-[minmax(0,5fr)_minmax(0,4fr)_96px]';

function EndRow({ label, score, shape }: { label: string; score: number; shape: Waterfall }) {
  return (
    <li className={ROW}>
      <span className="text-ink-2 max-md:row-start-1">{label}</span>
      <Track>
        <div
          className="absolute inset-y-0 w-0.5 -translate-x-1/2 bg-ink"
          style={{ left: percent(shape, score) }}
        />
      </Track>
      <span className="text-right font-semibold max-md:col-start-2 max-md:row-start-1">
        {formatScore(score, DECIMALS)}
      </span>
    </li>
  );
}

function StepRow({ step, shape }: { step: WaterfallStep; shape: Waterfall }) {
  const [open, setOpen] = useState(false);
  const isGroup = step.contributions.length > 1;
  return (
    <li className={ROW}>
      <div className="flex min-w-0 flex-wrap items-center gap-x-2 max-md:row-start-1">
        {isLayer(step.cause) ? <LayerChip layer={step.cause} className="text-ink-2" /> : null}
        <UntrustedText text={step.text} className="min-w-0" />
        {isGroup ? (
          <button
            type="button"
            aria-expanded={open}
            onClick={() => setOpen(!open)}
            className="min-h-6 text-accent underline underline-offset-2"
          >
            {open ? t('Hide them') : t('Show them')}
          </button>
        ) : (
          <Source contribution={step.contributions[0]} />
        )}
      </div>
      <Track>
        <StepBar step={step} shape={shape} />
      </Track>
      <span className="text-right font-medium whitespace-nowrap max-md:col-start-2 max-md:row-start-1">
        {pointsText(step.delta)}
      </span>
      {open ? <GroupList contributions={step.contributions} /> : null}
    </li>
  );
}

function isLayer(cause: WaterfallStep['cause']): cause is Layer {
  return cause in LAYER_LOOKS;
}

function Source({ contribution }: { contribution: Contribution | undefined }) {
  if (!contribution) return null;
  return (
    <span className="text-xs text-ink-3" data-hint={momentText(Date.parse(contribution.at))}>
      {rich('{signal} from {source}', {
        signal: <code>{contribution.kind}</code>,
        source: contribution.source,
      })}
    </span>
  );
}

function Track({ children }: { children: React.ReactNode }) {
  return (
    <div aria-hidden className="relative h-4 bg-sunken max-md:col-span-2 max-md:row-start-2">
      {children}
    </div>
  );
}

/** From where the score stood to where the step took it; falling steps are striped, so that direction is not color alone. */
function StepBar({ step, shape }: { step: WaterfallStep; shape: Waterfall }) {
  const color = isLayer(step.cause) ? LAYER_LOOKS[step.cause].color : 'var(--line-strong)';
  const low = Math.min(step.from, step.to);
  const width = (Math.abs(step.delta) / (shape.scale.max - shape.scale.min)) * 100;
  const stripes = `repeating-linear-gradient(135deg, ${color} 0 3px, transparent 3px 5px)`;
  return (
    <div
      className="absolute inset-y-0.5 min-w-0.5"
      style={{
        left: percent(shape, low),
        width: `${width}%`,
        background: step.delta < 0 ? stripes : color,
      }}
    />
  );
}

function percent({ scale }: Waterfall, score: number): string {
  return `${((score - scale.min) / (scale.max - scale.min)) * 100}%`;
}

const MOST_LISTED = 100;

function GroupList({ contributions }: { contributions: readonly Contribution[] }) {
  const more = contributions.length - MOST_LISTED;
  return (
    <ul className="col-span-full max-h-60 overflow-y-auto border-l-2 border-line pl-3 text-xs">
      {contributions.slice(0, MOST_LISTED).map((contribution) => (
        <li key={contribution.signalId} className="flex gap-3 py-0.5">
          <span className="min-w-0 flex-1">
            <UntrustedText text={contribution.text} />{' '}
            <span className="text-ink-3">
              {t('{layer}, from {source}', {
                layer: LAYER_WORDS[contribution.layer],
                source: contribution.source,
              })}
            </span>
          </span>
          <span className="whitespace-nowrap">{pointsText(contribution.scoreDelta)}</span>
        </li>
      ))}
      {more > 0 ? <li className="py-0.5 text-ink-2">{t('and {more} more', { more })}</li> : null}
    </ul>
  );
}
