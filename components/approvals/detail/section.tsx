import { useId, type ReactNode } from 'react';

/** A titled part of the detail. */
export function Section({
  title,
  aside,
  children,
}: {
  title: string;
  /** Small print or controls at the end of the title's line. */
  aside?: ReactNode;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className="border-t border-line px-4 py-4 first:border-t-0 md:px-6"
    >
      <div className="mb-2 flex flex-wrap items-center gap-x-3 gap-y-1">
        <h3 id={id} className="text-dense font-semibold text-ink">
          {title}
        </h3>
        {aside ? (
          <div className="ml-auto flex items-center gap-2 text-xs text-ink-2">{aside}</div>
        ) : null}
      </div>
      {children}
    </section>
  );
}

/** Names and values, one a line. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1.5 text-dense">
      {facts.map(([name, value]) => (
        <div key={name} className="contents">
          <dt className="text-ink-2">{name}</dt>
          <dd className="min-w-0 wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
