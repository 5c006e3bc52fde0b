'use client';

import './globals.css';
import { currentSpeech, t } from '@/lib/client/language';

/** The last resort: even the layout failed. */
export default function GlobalError({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <html lang={currentSpeech().language}>
      <body>
        <main className="mx-auto max-w-xl px-4 pt-[16vh]">
          <h1 className="text-xl font-semibold">{t('The console could not be shown')}</h1>
          <p className="mt-1 text-ink-2">
            {t(
              'Agents are not affected: decisions are made elsewhere. Try again, or look into the terminal that runs Belay.',
            )}{' '}
            {error.digest}
          </p>
          <button
            type="button"
            onClick={retry}
            className="mt-4 h-8 rounded-md bg-accent px-3 font-medium text-accent-ink"
          >
            {t('Try again')}
          </button>
        </main>
      </body>
    </html>
  );
}
