'use client';

import { useQuery } from '@tanstack/react-query';
import { ChartLine, Table2 } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useMemo, useState } from 'react';
import { formatPoints } from '@/components/trust/score-text';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { useSearchState } from '@/components/ui/search-state';
import { Segmented } from '@/components/ui/segmented';
import { Failed, Skeleton } from '@/components/ui/states';
import { describeError } from '@/lib/client/api-error';
import { useWorkspace } from '@/lib/client/session';
import { historyOptions } from '../queries';
import { ChartBody } from './chart-body';
import {
  chartSearch,
  parseChartParams,
  PRESETS,
  type ChartParams,
  type Preset,
} from './chart-params';
import { CHART_FRAME } from './chart-frame';
import { ExplanationPanel } from './explanation';
import type { Mark } from './lanes';
import { Legend } from './legend';
import { PointsTable } from './points-table';
import { rangeChange, shapeHistory } from './shape';
import { useHeld } from './use-held';
import { t } from '@/lib/client/language';

const BrushStrip = dynamic(() => import('./brush-strip'), { ssr: false });

interface ScoreChartProps {
  agentId: string;
  rungs: readonly { rung: number; name: string; min: number }[];
}

interface WholeChartProps extends ScoreChartProps {
  /** When the agent was registered: an instant. */
  since: string;
}

/** The score over time: why it is what it is. Range, window, pinned moment, layers and view stand in the URL. */
export function ScoreChart({ agentId, rungs, since }: WholeChartProps) {
  const { params: search, write } = useSearchState();
  const [now] = useState(() => Date.now());
  const registeredAt = Date.parse(since);
  const params = useMemo(
    () => parseChartParams(new URLSearchParams(search), { registeredAt, now }),
    [search, registeredAt, now],
  );
  const change = (next: Partial<ChartParams>) => write(chartSearch(next));
  const history = useChartHistory(agentId, params);
  return (
    <Panel
      title={t('Score over time')}
      description={history.shape ? changeOf(history.shape.points, params) : undefined}
      actions={<Controls params={params} onChange={change} />}
    >
      {history.shape ? (
        <Loaded
          agentId={agentId}
          rungs={rungs}
          params={params}
          history={history}
          onChange={change}
        />
      ) : history.error ? (
        <Failed
          what={t('The score history could not be loaded.')}
          {...describeError(history.error)}
          onRetry={history.retry}
        />
      ) : (
        <Skeleton className="h-80 opacity-40" />
      )}
    </Panel>
  );
}

type ChartHistory = ReturnType<typeof useChartHistory>;

/** The history on screen, and that of the whole range for the strip. While held, newer data waits. */
function useChartHistory(agentId: string, params: ChartParams) {
  const workspace = useWorkspace();
  const [held, setHeld] = useState(false);
  const whole = useQuery(
    historyOptions(workspace, agentId, { preset: params.preset, window: null }),
  );
  const shown = useQuery(historyOptions(workspace, agentId, params));
  const key = JSON.stringify([params.preset, params.window]);
  const { value: data, fresh } = useHeld(shown.data, held, key);
  const shape = useMemo(() => (data ? shapeHistory(data) : undefined), [data]);
  const { value: wholeData } = useHeld(whole.data, held, params.preset);
  const strip = useMemo(() => (wholeData ? shapeHistory(wholeData) : undefined), [wholeData]);
  return {
    shape,
    strip,
    marks: data?.marks ?? [],
    fresh,
    setHeld,
    error: shown.error,
    retry: () => void shown.refetch(),
  };
}

function changeOf(points: Parameters<typeof rangeChange>[0], params: ChartParams): string {
  const change = rangeChange(points);
  if (change === null) return '';
  const moved = formatPoints(change);
  if (params.window) return t('{points} points in the selected part', { points: moved });
  if (params.preset === 'all')
    return t('{points} points since it was registered', { points: moved });
  const range = PRESETS.find((preset) => preset.value === params.preset)?.label ?? '';
  return t('{points} points in {range}', { points: moved, range });
}

function Controls({
  params,
  onChange,
}: {
  params: ChartParams;
  onChange: (change: Partial<ChartParams>) => void;
}) {
  const asTable = params.view === 'table';
  return (
    <>
      <Segmented<Preset>
        label={t('Range')}
        size="sm"
        value={params.preset}
        options={PRESETS}
        onChange={(preset) => onChange({ preset, window: null })}
      />
      <Button
        variant="quiet"
        size="sm"
        aria-pressed={asTable}
        icon={asTable ? <ChartLine aria-hidden size={14} /> : <Table2 aria-hidden size={14} />}
        onClick={() => onChange({ view: asTable ? 'chart' : 'table' })}
      >
        {asTable ? t('Show chart') : t('Show table')}
      </Button>
    </>
  );
}

interface LoadedProps extends ScoreChartProps {
  params: ChartParams;
  history: ChartHistory;
  onChange: (change: Partial<ChartParams>) => void;
}

function Loaded({ agentId, rungs, params, history, onChange }: LoadedProps) {
  const { shape, strip, marks } = history;
  if (!shape) return null;
  const pin = (pinned: number | null) => onChange({ pinned, moment: null });
  const open = (mark: Mark) => {
    const moment = mark.kind === 'evidence' ? (mark.subjectId ?? null) : null;
    onChange({ pinned: Date.parse(mark.at), moment });
    // One that is open already comes into sight again; the trail brings a new one into sight itself.
    if (moment !== null) document.getElementById(`moment-${moment}`)?.focus();
  };
  return (
    <div className="flex flex-col gap-3">
      {params.view === 'table' ? (
        <PointsTable shape={shape} marks={marks} pinned={params.pinned} onPin={pin} />
      ) : (
        <>
          <Legend
            points={shape.points}
            pinned={params.pinned}
            layers={params.layers}
            onLayers={(layers) => onChange({ layers })}
          />
          <ChartBody
            shape={shape}
            marks={marks}
            rungs={rungs}
            layers={params.layers}
            pinned={params.pinned}
            onPin={pin}
            onMark={open}
            onAttention={history.setHeld}
          />
          <StripRow
            strip={strip ?? shape}
            params={params}
            fresh={history.fresh}
            onChange={onChange}
          />
        </>
      )}
      {params.pinned === null ? null : (
        <ExplanationPanel
          agentId={agentId}
          at={params.pinned}
          rungs={rungs}
          onClose={() => pin(null)}
        />
      )}
    </div>
  );
}

/** The overview strip, and under it what else there is to say: newer data waits, or a part is selected. */
function StripRow({
  strip,
  params,
  fresh,
  onChange,
}: {
  strip: NonNullable<ChartHistory['strip']>;
  params: ChartParams;
  fresh: boolean;
  onChange: (change: Partial<ChartParams>) => void;
}) {
  return (
    <div className={CHART_FRAME}>
      <div className="grid grid-cols-(--chart-columns)">
        <span className="pt-2 text-xs text-ink-2">{t('Select')}</span>
        <BrushStrip
          points={strip.points}
          range={strip}
          window={params.window}
          onWindow={(window) => onChange({ window })}
        />
      </div>
      <p
        role="status"
        className="flex min-h-6 items-center gap-3 pl-(--chart-axis) text-xs text-ink-2"
      >
        {fresh ? t('Newer points wait until the pointer leaves the chart.') : null}
        {params.window ? (
          <button
            type="button"
            className="min-h-6 text-accent underline underline-offset-2"
            onClick={() => onChange({ window: null })}
          >
            {t('Show the whole range again')}
          </button>
        ) : null}
      </p>
    </div>
  );
}
