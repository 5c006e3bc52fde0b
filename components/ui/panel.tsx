import { useId, type ReactNode } from 'react';
import { cx } from './class-names';

/** A titled region of a page. `flush` leaves the padding to the content (tables, lists). */
export function Panel({
  title,
  description,
  actions,
  children,
  flush,
  fill,
  className,
  level = 2,
}: {
  title?: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  flush?: boolean;
  /** Takes the height that is left; the content scrolls inside. */
  fill?: boolean;
  className?: string;
  level?: 2 | 3;
}) {
  const id = useId();
  const Heading = level === 2 ? 'h2' : 'h3';
  return (
    <section
      aria-labelledby={title ? id : undefined}
      className={cx(
        'min-w-0 rounded-lg border border-line bg-surface',
        fill && 'flex min-h-0 flex-1 flex-col overflow-hidden',
        className,
      )}
    >
      {title ? (
        <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b border-line px-4 py-1.5">
          <Heading id={id} className="text-sm font-semibold">
            {title}
          </Heading>
          {description ? <p className="text-dense text-ink-2">{description}</p> : null}
          {actions ? <div className="ml-auto flex items-center gap-1.5">{actions}</div> : null}
        </header>
      ) : null}
      <div className={cx(!flush && 'p-4', fill && 'flex min-h-0 flex-1 flex-col')}>{children}</div>
    </section>
  );
}

/** The head of a page: one h1, what it is about, and what can be done here. */
export function PageHeader({
  title,
  description,
  actions,
}: {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
}) {
  return (
    <header className="flex flex-wrap items-start gap-x-4 gap-y-2 pb-4">
      <div className="min-w-0">
        <h1 className="text-xl font-semibold text-balance">{title}</h1>
        {description ? (
          <p className="mt-0.5 max-w-[88ch] text-pretty text-ink-2">{description}</p>
        ) : null}
      </div>
      {actions ? (
        <div className="flex flex-wrap items-center gap-2 max-sm:w-full sm:ml-auto">{actions}</div>
      ) : null}
    </header>
  );
}
