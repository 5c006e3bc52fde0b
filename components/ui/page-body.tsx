import type { ReactNode } from 'react';

/** The padding and width of an ordinary page. Work pages with split panes fill the space themselves. */
export function PageBody({ children }: { children: ReactNode }) {
  return <div className="mx-auto w-full max-w-[1360px] p-4 md:p-6">{children}</div>;
}
