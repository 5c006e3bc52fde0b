/** Axis, plot and gutter share their widths, so that lanes, lines, strip and ticks stand on one time scale. */
export const CHART_FRAME =
  '[--chart-axis:72px] [--chart-gutter:28px] lg:[--chart-gutter:184px] [--chart-columns:var(--chart-axis)_minmax(0,1fr)_var(--chart-gutter)]';
