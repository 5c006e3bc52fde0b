import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { HintLayer } from '@/components/ui/hint';
import { currentSpeech, t } from '@/lib/client/language';
import { LanguageGate } from '@/lib/client/language/language-gate';
import { THEME_COOKIE, themeOf } from '@/lib/client/preferences';

export function generateMetadata(): Metadata {
  return {
    title: { default: 'Belay', template: '%s · Belay' },
    description: t('Operator console and decision point for AI agents'),
    robots: { index: false, follow: false },
  };
}
export const viewport: Viewport = { width: 'device-width', initialScale: 1, viewportFit: 'cover' };

/** The chosen theme and language are in the first byte, so that no page flashes. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  const { language } = currentSpeech();
  return (
    <html
      lang={language}
      data-theme={theme === 'system' ? undefined : theme}
      suppressHydrationWarning
    >
      <body>
        <LanguageGate language={language}>
          {children}
          <HintLayer />
        </LanguageGate>
      </body>
    </html>
  );
}
