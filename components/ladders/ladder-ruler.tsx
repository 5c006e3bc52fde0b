import { spokenRungName } from '@/components/trust/layers';
import { RungBadge } from '@/components/ui/badge';
import { cx } from '@/components/ui/class-names';
import type { LadderBody } from '@/lib/contracts';
import { counted, spokenNumber, t, withDecimalSign } from '@/lib/client/language';

const BANDS = [
  'bg-rung-1 text-rung-1-ink',
  'bg-rung-2 text-rung-2-ink',
  'bg-rung-3 text-rung-3-ink',
  'bg-rung-4 text-rung-4-ink',
  'bg-rung-5 text-rung-5-ink',
] as const;
const agentsText = (count: number) => counted(count, '{count} agent', '{count} agents');
const percent = (value: number) => `${value * 100}%`;

interface Band {
  rung: number;
  name: string;
  from: number;
  to: number;
  count: number;
}

function bandsOf(ladder: LadderBody, agentsByRung: Record<string, number>): Band[] {
  return ladder.rungs.map((rung, index) => ({
    ...rung,
    name: spokenRungName(rung.name),
    from: rung.min,
    to: ladder.rungs[index + 1]?.min ?? 1,
    count: agentsByRung[rung.rung] ?? 0,
  }));
}

function BandView({ band, hysteresis }: { band: Band; hysteresis: number }) {
  const width = Math.max(0, band.to - band.from);
  return (
    <div
      className={cx('absolute inset-y-0 overflow-hidden', BANDS[band.rung - 1])}
      style={{ left: percent(band.from), width: percent(width) }}
      data-hint={[
        t('Rung {rung}, {name}', { rung: band.rung, name: band.name }),
        t('{from} to {to}', { from: spokenNumber(band.from, 2), to: spokenNumber(band.to, 2) }),
        agentsText(band.count),
      ].join('\n')}
    >
      {band.rung > 1 && hysteresis > 0 && width > 0 ? (
        <span
          aria-hidden
          className="hatched absolute inset-y-0 left-0 opacity-70"
          style={{ width: percent(Math.min(1, hysteresis / width)) }}
        />
      ) : null}
      <span className="relative flex h-full flex-col justify-between px-2 py-1.5">
        <span className="text-lg leading-5 font-semibold">{band.rung}</span>
        <span className="truncate text-xs max-sm:hidden">{agentsText(band.count)}</span>
      </span>
    </div>
  );
}

function Scale({ bands }: { bands: readonly Band[] }) {
  return (
    <div aria-hidden data-numeric className="relative mt-1 h-5 text-xs text-ink-2">
      {bands.map((band) => (
        <span
          key={band.rung}
          className={cx('absolute', band.from > 0 && '-translate-x-1/2')}
          style={{ left: percent(band.from) }}
        >
          {spokenNumber(band.from, 2)}
        </span>
      ))}
      <span className="absolute right-0 max-sm:hidden">{spokenNumber(1, 2)}</span>
    </div>
  );
}

function RungTable({ bands, hysteresis }: { bands: readonly Band[]; hysteresis: number }) {
  const climb = (band: Band) =>
    band.rung === 1
      ? t('everybody starts here')
      : withDecimalSign(String(Number(Math.min(1, band.from + hysteresis).toFixed(4))));
  return (
    <table className="mt-3 w-full text-dense">
      <caption className="sr-only">{t('Rungs of the ladder')}</caption>
      <thead className="text-left text-xs text-ink-2">
        <tr className="*:py-1 *:font-medium *:not-first:pl-3">
          <th className="w-14">{t('Rung')}</th>
          <th>{t('Name')}</th>
          <th className="text-right">{t('Begins at')}</th>
          <th className="text-right max-sm:hidden">{t('To climb to it')}</th>
          <th className="text-right">{t('Agents now')}</th>
        </tr>
      </thead>
      <tbody>
        {bands.map((band) => (
          <tr key={band.rung} className="border-t border-line *:py-1.5 *:not-first:pl-3">
            <td>
              <RungBadge rung={band.rung} name={band.name} />
            </td>
            <td>{band.name}</td>
            <td data-numeric className="text-right">
              {spokenNumber(band.from, 2)}
            </td>
            <td data-numeric className="text-right max-sm:hidden">
              {climb(band)}
            </td>
            <td data-numeric className="text-right">
              {band.count}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The rungs on the scale of the score: where each begins, how far above one must stay to climb, who stands where. */
export function LadderRuler({
  ladder,
  agentsByRung,
}: {
  ladder: LadderBody;
  agentsByRung: Record<string, number>;
}) {
  const bands = bandsOf(ladder, agentsByRung);
  return (
    <div>
      <div className="relative h-16 overflow-hidden rounded-md" aria-hidden>
        {bands.map((band) => (
          <BandView key={band.rung} band={band} hysteresis={ladder.hysteresis} />
        ))}
      </div>
      <Scale bands={bands} />
      <RungTable bands={bands} hysteresis={ladder.hysteresis} />
    </div>
  );
}
