/** Choices of this browser that the server must know to render the first byte right: kept in cookies. */

import { LANGUAGE_COOKIE, cookieIn, isLanguage, type Language } from './language/languages';

export const THEME_COOKIE = 'belay.theme';
export const NAV_COOKIE = 'belay.nav';

export type Theme = 'system' | 'light' | 'dark';

const YEAR_SECONDS = 31_536_000;

/** The theme of a cookie's value; anything unknown follows the system. */
export function themeOf(value: string | undefined): Theme {
  return value === 'light' || value === 'dark' ? value : 'system';
}

function remember(name: string, value: string): void {
  document.cookie = `${name}=${value}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
}

/** Applies a theme now and remembers it. */
export function chooseTheme(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  remember(THEME_COOKIE, theme);
}

/** The theme this page shows. */
export function currentTheme(): Theme {
  return themeOf(document.documentElement.dataset.theme);
}

/** The language chosen in this browser, or undefined while the browser's own wishes decide. */
export function chosenLanguage(): Language | undefined {
  const chosen = cookieIn(document.cookie, LANGUAGE_COOKIE);
  return isLanguage(chosen) ? chosen : undefined;
}

/** Remembers a language, or with undefined follows the browser again, and shows this page in it. */
export function chooseLanguage(language: Language | undefined): void {
  if (language === undefined) document.cookie = `${LANGUAGE_COOKIE}=; path=/; max-age=0`;
  else remember(LANGUAGE_COOKIE, language);
  window.location.reload();
}

export function rememberNavigation(collapsed: boolean): void {
  remember(NAV_COOKIE, collapsed ? 'narrow' : 'wide');
}
