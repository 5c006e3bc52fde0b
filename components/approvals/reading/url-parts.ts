/** An address cut into its parts, to the character: nothing is decoded, normalised or followed. */
import { t } from '@/lib/client/language';

export interface UrlPart {
  readonly part: 'scheme' | 'user' | 'host' | 'port' | 'path' | 'query' | 'fragment';
  readonly text: string;
}

const ABSOLUTE =
  /^([a-z][a-z0-9+.-]*:\/\/)((?:[^/?#]*@)?)(\[[^\]/?#]*\]|[^/?#:]*)((?::[^/?#]*)?)([^?#]*)((?:\?[^#]*)?)((?:#[\s\S]*)?)$/i;
const PARTS: readonly UrlPart['part'][] = [
  'scheme',
  'user',
  'host',
  'port',
  'path',
  'query',
  'fragment',
];

/** The texts of all parts joined are the address. One without a scheme and a host is a path. */
export function urlParts(url: string): UrlPart[] {
  const found = ABSOLUTE.exec(url);
  if (found === null) return url === '' ? [] : [{ part: 'path', text: url }];
  return PARTS.map((part, index) => ({ part, text: found[index + 1] ?? '' })).filter(
    ({ text }) => text !== '',
  );
}

interface UrlCheck {
  readonly holds: (url: string, host: string) => boolean;
  readonly text: string;
}

const CHECKS: readonly UrlCheck[] = [
  {
    holds: (_, host) => host === '',
    get text() {
      return t('No host can be told from this address.');
    },
  },
  {
    holds: (url) => urlParts(url).some(({ part }) => part === 'user'),
    get text() {
      return t('What stands before the @ is not the host.');
    },
  },
  {
    // Programs disagree where the host of such an address ends.
    holds: (url) => /[\\\s\p{Cc}]/u.test(url),
    get text() {
      return t('A backslash or a blank in the address: programs read its host differently.');
    },
  },
  {
    holds: (_, host) => /[^\p{ASCII}]|(?:^|\.)xn--/iu.test(host),
    get text() {
      return t('The host has letters that can look like others.');
    },
  },
  {
    holds: (_, host) =>
      /^(?:localhost$|127\.|10\.|0\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|\[(?:::1?|f[cde][0-9a-f]*:))/i.test(
        host,
      ),
    get text() {
      return t('The host is inside: this machine or a private network.');
    },
  },
  {
    holds: (_, host) => /^(?:\d+(?:\.\d+){0,3}|0x[0-9a-f.]+|\[.*\])$/i.test(host),
    get text() {
      return t('The host is a number, not a name.');
    },
  },
  {
    holds: (url) => /^http:\/\//i.test(url),
    get text() {
      return t('The way there is not encrypted.');
    },
  },
];

/** What to look at in an address, as sentences. */
export function urlWarnings(url: string): string[] {
  const host = urlParts(url).find(({ part }) => part === 'host')?.text ?? '';
  return CHECKS.filter(({ holds }) => holds(url, host)).map(({ text }) => text);
}
