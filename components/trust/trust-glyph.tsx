import type { Trust } from '@/lib/contracts';
import { glyphShape, RUNG_COUNT, type GlyphBar, type GlyphSize } from './glyph-shape';
import { LAYER_LOOKS } from './layers';
import { trustSentence } from './score-text';

interface TrustGlyphProps {
  trust: Trust;
  size?: GlyphSize;
  /** The same sentence stands beside the glyph already: hide it from screen readers. */
  decorative?: boolean;
  rungs?: readonly { rung: number; name: string }[];
  className?: string;
}

/** The mark of an agent's trust: four bars (layers), a ring (rung), a dot (alarm). Hovering or a screen reader gives the sentence. */
export function TrustGlyph({
  trust,
  size = 20,
  decorative = false,
  rungs,
  className,
}: TrustGlyphProps) {
  const shape = glyphShape(trust, size);
  const sentence = trustSentence(trust, rungs);
  const voice = decorative
    ? { 'aria-hidden': true as const }
    : { role: 'img', 'aria-label': sentence, 'data-hint': sentence };
  return (
    <svg
      width={size}
      height={size}
      viewBox={`0 0 ${size} ${size}`}
      className={className}
      style={{ flex: 'none', display: 'inline-block' }}
      {...voice}
    >
      <g fill="none" strokeWidth={shape.stroke}>
        <path
          d={shape.ringPath}
          pathLength={RUNG_COUNT}
          strokeDasharray={shape.track}
          stroke="var(--line)"
        />
        <path
          d={shape.ringPath}
          pathLength={RUNG_COUNT}
          strokeDasharray={shape.lit}
          stroke={`var(--rung-${trust.rung})`}
        />
      </g>
      {shape.bars.map((bar) => (
        <Bar key={bar.layer} bar={bar} column={shape.column} />
      ))}
      {shape.alarm ? (
        <circle
          {...shape.alarm}
          fill="var(--sev-1)"
          stroke="var(--surface)"
          strokeWidth={1}
          paintOrder="stroke"
        />
      ) : null}
    </svg>
  );
}

function Bar({ bar, column }: { bar: GlyphBar; column: { y: number; height: number } }) {
  const color = LAYER_LOOKS[bar.layer].color;
  if (bar.unknown) {
    const middle = bar.x + bar.width / 2;
    return (
      <line
        x1={middle}
        x2={middle}
        y1={column.y}
        y2={column.y + column.height}
        stroke="var(--line-strong)"
        strokeWidth={bar.width}
        strokeDasharray={bar.width > 2 ? '2 2' : '1 1'}
        shapeRendering="crispEdges"
      />
    );
  }
  return (
    <rect
      x={bar.x}
      y={bar.y}
      width={bar.width}
      height={bar.height}
      fill={color}
      shapeRendering="crispEdges"
    />
  );
}
