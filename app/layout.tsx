import '@fontsource-variable/inter/wght.css';
import '@fontsource-variable/jetbrains-mono/wght.css';
import './globals.css';
import type { Metadata, Viewport } from 'next';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { HintLayer } from '@/components/ui/hint';
import { THEME_COOKIE, themeOf } from '@/lib/client/preferences';

export const metadata: Metadata = {
  title: { default: 'Belay', template: '%s · Belay' },
  description: 'Operator console and decision point for AI agents',
  robots: { index: false, follow: false },
};
export const viewport: Viewport = { width: 'device-width', initialScale: 1, viewportFit: 'cover' };

/** The chosen theme is in the first byte, so that no page flashes. */
export default async function RootLayout({ children }: { children: ReactNode }) {
  const theme = themeOf((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <html lang="en" data-theme={theme === 'system' ? undefined : theme} suppressHydrationWarning>
      <body>
        {children}
        <HintLayer />
      </body>
    </html>
  );
}
