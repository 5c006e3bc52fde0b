/** How everything looks that is typed into or chosen from. */
export const CONTROL =
  'w-full min-w-0 rounded-md border border-line-strong bg-surface px-2.5 text-sm text-ink placeholder:text-ink-3 aria-invalid:border-sev-1 disabled:opacity-60';
/** The same in one line. */
export const LINE = `${CONTROL} h-8 max-sm:h-11`;
