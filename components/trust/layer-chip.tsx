import { cx } from '@/components/ui/class-names';
import { LAYER_LOOKS, type Layer } from './layers';

/** A layer by name, with a piece of its line before it: color and dash pattern as in the chart. */
export function LayerChip({ layer, className }: { layer: Layer; className?: string }) {
  const look = LAYER_LOOKS[layer];
  return (
    <span className={cx('inline-flex items-center gap-1.5 whitespace-nowrap', className)}>
      <LayerSwatch layer={layer} />
      {look.label}
    </span>
  );
}

/** The piece of line alone. */
export function LayerSwatch({ layer }: { layer: Layer }) {
  const look = LAYER_LOOKS[layer];
  return (
    <svg aria-hidden width={18} height={8} viewBox="0 0 18 8" className="shrink-0">
      <line
        x1={0}
        x2={18}
        y1={4}
        y2={4}
        stroke={look.color}
        strokeWidth={3}
        strokeDasharray={look.dash}
      />
    </svg>
  );
}
