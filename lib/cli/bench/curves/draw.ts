/** Draws a curve as SVG: bands behind, a line a series, its name at the end of it. Pure, so that a test can compare. */
import type { GoldenCurve, Series } from '@/lib/trust/golden-curves';
import { defaultLadder } from '@/lib/trust';

const WIDTH = 760;
const HEIGHT = 300;
const PLOT = { left: 44, right: 16, top: 34, bottom: 56 };
const DAY_MS = 86_400_000;
const MOST_POINTS = 400;
/** Okabe and Ito's palette: told apart by people with any color vision; the dashes tell the lines apart without color. */
const LINES = [
  { color: '#0072b2', dash: '' },
  { color: '#d55e00', dash: '6 3' },
  { color: '#009e73', dash: '2 3' },
];
const STYLE = `text{font:12px system-ui,sans-serif;fill:#57606a}.title{font-weight:600;font-size:14px;fill:#24292f}.paper{fill:#fff}.band{fill:#8c959f;opacity:.1}.grid{stroke:#d0d7de}
@media(prefers-color-scheme:dark){text{fill:#9ea7b3}.title{fill:#e6edf3}.paper{fill:#0d1117}.grid{stroke:#30363d}}`;

/** What stands at the side: marks in [0, 1] from the lowest to the highest, and their texts. Every other stretch is shaded. */
export interface Axis {
  readonly marks: readonly number[];
  readonly textOf: (mark: number) => string;
}

/** The thresholds of the rungs. */
export const SCORE_AXIS: Axis = {
  marks: [...defaultLadder.rungs.map(({ min }) => min), 1],
  textOf: (mark) => mark.toFixed(1),
};

/** @returns a whole SVG document, the same for the same curve */
export function drawCurve(
  { id, title, series }: Pick<GoldenCurve, 'title' | 'series'> & { readonly id: string },
  axis: Axis = SCORE_AXIS,
): string {
  const times = series.flatMap(({ points }) => points.map(({ at }) => at));
  const [first, last] = [
    times.reduce((a, b) => Math.min(a, b)),
    times.reduce((a, b) => Math.max(a, b)),
  ];
  const x = (at: number) =>
    PLOT.left + ((at - first) / Math.max(1, last - first)) * (WIDTH - PLOT.left - PLOT.right);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${HEIGHT}" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${id}: ${title}">`,
    `<style>${STYLE}</style><rect class="paper" width="${WIDTH}" height="${HEIGHT}"/>`,
    `<text class="title" x="${PLOT.left}" y="20">${id}: ${title}</text>`,
    ...bands(axis),
    ...days(first, last, x),
    ...series.map((item, index) => line(item, index, x)),
    ...series.map(legend),
    '</svg>',
    '',
  ].join('\n');
}

const y = (score: number) => HEIGHT - PLOT.bottom - score * (HEIGHT - PLOT.top - PLOT.bottom);
const fixed = (value: number) => value.toFixed(1);

function bands({ marks: edges, textOf }: Axis): string[] {
  const right = WIDTH - PLOT.right;
  return edges.flatMap((score, index) => {
    const next = edges[index + 1];
    const band =
      next === undefined || index % 2 === 0
        ? []
        : [
            `<rect class="band" x="${PLOT.left}" y="${fixed(y(next))}" width="${right - PLOT.left}" height="${fixed(y(score) - y(next))}"/>`,
          ];
    return [
      ...band,
      `<line class="grid" x1="${PLOT.left}" x2="${right}" y1="${fixed(y(score))}" y2="${fixed(y(score))}"/>`,
      `<text x="${PLOT.left - 6}" y="${fixed(y(score) + 4)}" text-anchor="end">${textOf(score)}</text>`,
    ];
  });
}

/** About six marks of days. */
function days(first: number, last: number, x: (at: number) => number): string[] {
  const span = (last - first) / DAY_MS;
  const step = [1, 2, 5, 7, 10, 14, 30].find((size) => span / size <= 8) ?? 60;
  const marks: string[] = [];
  for (let day = 0; day <= span; day += step)
    marks.push(
      `<text x="${fixed(x(first + day * DAY_MS))}" y="${HEIGHT - PLOT.bottom + 18}" text-anchor="middle">${day === 0 ? 'day 0' : day}</text>`,
    );
  return marks;
}

function line({ points }: Series, index: number, x: (at: number) => number): string {
  const { color, dash } = LINES[index % LINES.length] ?? LINES[0]!;
  const path = thinned(points).map(({ at, score }) => `${fixed(x(at))},${fixed(y(score))}`);
  const dashes = dash === '' ? '' : ` stroke-dasharray="${dash}"`;
  return `<polyline fill="none" stroke="${color}" stroke-width="1.8" stroke-linejoin="round"${dashes} points="${path.join(' ')}"/>`;
}

/** At most so many points, with the lowest and highest of each stretch kept: a shock stays as deep as it was. */
function thinned(points: Series['points']): Series['points'] {
  if (points.length <= MOST_POINTS) return points;
  const size = Math.ceil((points.length * 2) / MOST_POINTS);
  const kept: Series['points'][number][] = [];
  for (let start = 0; start < points.length; start += size) {
    const stretch = points.slice(start, start + size);
    const low = stretch.reduce((a, b) => (b.score < a.score ? b : a));
    const high = stretch.reduce((a, b) => (b.score > a.score ? b : a));
    kept.push(...(low.at < high.at ? [low, high] : low === high ? [low] : [high, low]));
  }
  return kept;
}

function legend({ name }: Series, index: number): string {
  const { color, dash } = LINES[index % LINES.length] ?? LINES[0]!;
  const left = PLOT.left + index * 240;
  const top = HEIGHT - 14;
  const dashes = dash === '' ? '' : ` stroke-dasharray="${dash}"`;
  return `<line x1="${left}" x2="${left + 22}" y1="${top - 4}" y2="${top - 4}" stroke="${color}" stroke-width="2"${dashes}/><text x="${left + 28}" y="${top}">${name}</text>`;
}
