/** The mark of the product: four bars that rise, like the four layers of a trusted agent. */
export function BrandMark({ size = 20 }: { size?: number }) {
  return (
    <svg
      aria-hidden
      width={size}
      height={size}
      viewBox="0 0 20 20"
      className="shrink-0 text-accent"
    >
      <g fill="currentColor">
        <rect x="1.5" y="11" width="3.2" height="6.5" rx="0.8" />
        <rect x="6.1" y="8" width="3.2" height="9.5" rx="0.8" />
        <rect x="10.7" y="5" width="3.2" height="12.5" rx="0.8" />
        <rect x="15.3" y="2" width="3.2" height="15.5" rx="0.8" />
      </g>
    </svg>
  );
}
