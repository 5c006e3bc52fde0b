import type { ApprovalDetail, Reason } from '@/lib/contracts';
import { spokenList, t } from '@/lib/client/language';
import { elideToText } from './elide';

type Origin = ApprovalDetail['provenance'][number]['origin'];

/** How the page names where a value came from. */
export const ORIGIN_WORDS: Readonly<
  Record<Origin, { readonly label: string; readonly means: string; readonly alarming: boolean }>
> = {
  request: {
    get label() {
      return t('In the request');
    },
    get means() {
      return t('The value stands in what the person asked for.');
    },
    alarming: false,
  },
  derived: {
    get label() {
      return t('Derived');
    },
    get means() {
      return t('Worked out from the request, or too short to tell.');
    },
    alarming: false,
  },
  third_party: {
    get label() {
      return t('Only in text the agent read');
    },
    get means() {
      return t(
        'Nobody asked for this value: it stands only in text from outside that the agent read.',
      );
    },
    alarming: true,
  },
  unknown: {
    get label() {
      return t('Origin unknown');
    },
    get means() {
      return t('Found neither in the request nor in anything the agent read.');
    },
    alarming: false,
  },
};

const MOST_NAMED = 3;
const VALUE_LENGTH = 40;

/** One sentence over all arguments with their values, or null when no value came from outside alone. */
export function provenanceWarning(provenance: ApprovalDetail['provenance']): string | null {
  const outside = provenance.filter((entry) => entry.origin === 'third_party');
  if (outside.length === 0) return null;
  const named = outside.slice(0, MOST_NAMED).map(({ path, value }) => {
    const name = path.replace(/^\//, '').replaceAll('/', '.');
    return `${name} (${elideToText(value, VALUE_LENGTH)})`;
  });
  const more = outside.length - MOST_NAMED;
  const names = spokenList(more > 0 ? [...named, t('{more} more', { more })] : named);
  return outside.length === 1
    ? t('{names} stands only in text the agent read, not in the request.', { names })
    : t('{names} stand only in text the agent read, not in the request.', { names });
}

/** What the reasons of a waiting call say about outside text, for the list, which carries no provenance. */
export function outsideFlag(reasons: readonly Pick<Reason, 'code'>[]): string | null {
  const codes = reasons.map(({ code }) => code);
  if (codes.some((code) => /injection/.test(code))) return t('may follow injected text');
  if (codes.some((code) => /third_party/.test(code))) return t('value from outside');
  return null;
}
