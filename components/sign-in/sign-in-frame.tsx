import type { ReactNode } from 'react';

/** The page around every step of signing in. */
export function SignInFrame({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="flex min-h-dvh items-start justify-center px-4 pt-[14vh] pb-8">
      <div className="w-full max-w-sm">
        <p className="flex items-center gap-2.5 pb-6 text-xl font-semibold tracking-tight">
          <svg aria-hidden width={24} height={24} viewBox="0 0 20 20" className="text-accent">
            <g fill="currentColor">
              <rect x="1.5" y="11" width="3.2" height="6.5" rx="0.8" />
              <rect x="6.1" y="8" width="3.2" height="9.5" rx="0.8" />
              <rect x="10.7" y="5" width="3.2" height="12.5" rx="0.8" />
              <rect x="15.3" y="2" width="3.2" height="15.5" rx="0.8" />
            </g>
          </svg>
          Belay
        </p>
        <div className="rounded-lg border border-line bg-surface p-5">
          <h1 className="pb-4 text-lg font-semibold">{title}</h1>
          {children}
        </div>
      </div>
    </main>
  );
}
