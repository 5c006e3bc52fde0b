/**
 * One page of a search: candidates in the order of their keys, those that would be permitted among them, and a token that goes on
 * behind the last one. Bounded by what it looks at, not only by what it finds, so a page may be short and still have a next one.
 */
import { DEFAULT_SEARCH_RESULTS, DomainError, MAX_SEARCH_RESULTS } from '@/lib/contracts';
import { canonicalText, sha256Hex } from '@/lib/ledger';
import { seal, unseal } from '@/lib/env/seal';

export interface Search {
  readonly workspaceId: string;
  /** Who asks, as the ledger names them: a token is theirs alone. */
  readonly asker: string;
  /** The question without its page: a token goes on with this one alone. */
  readonly question: unknown;
  readonly limit: number | undefined;
  readonly token: string | undefined;
  /** Candidates looked at for one page, at most. */
  readonly most: number;
  /** Keys behind one, in order, at most as many; from the beginning without one. */
  readonly candidates: (after: string | undefined, count: number) => Promise<readonly string[]>;
  readonly permitted: (keys: readonly string[]) => Promise<readonly boolean[]>;
}

export interface SearchPage {
  readonly keys: readonly string[];
  /** Empty on the last page. */
  readonly nextToken: string;
}

/** Candidates judged between two breaths: judging holds the process up. */
const AT_ONCE = 50;

/** @throws DomainError 400 `invalid_page_token` for one that was changed, or belongs to another question, caller or workspace */
export async function searchPage(search: Search): Promise<SearchPage> {
  const { candidates, permitted, most, token } = search;
  const about = aboutOf(search);
  let after = token === undefined || token === '' ? undefined : openToken(token, about);
  const wanted = Math.min(search.limit || DEFAULT_SEARCH_RESULTS, MAX_SEARCH_RESULTS);
  const found: string[] = [];
  for (let looked = 0; looked < most;) {
    const keys = await candidates(after, Math.min(AT_ONCE, most - looked));
    if (keys.length === 0) return { keys: found, nextToken: '' };
    const answers = await permitted(keys);
    for (const [index, key] of keys.entries()) {
      if (answers[index] !== true) continue;
      // One more than fits shows that there is a next page.
      const last = found.at(-1);
      if (found.length === wanted && last !== undefined)
        return { keys: found, nextToken: sealToken(last, about) };
      found.push(key);
    }
    after = keys.at(-1);
    looked += keys.length;
  }
  return { keys: found, nextToken: after === undefined ? '' : sealToken(after, about) };
}

const aboutOf = ({ workspaceId, asker, question }: Search) =>
  `${workspaceId} ${asker} ${sha256Hex(canonicalText(question))}`;

const sealToken = (after: string, about: string) =>
  seal('search-page', after, about).toString('base64url');

function openToken(token: string, about: string): string {
  try {
    const sealed = Buffer.from(token, 'base64url');
    // Decoding overlooks what is no base64; a token has one spelling.
    if (sealed.toString('base64url') !== token) throw new TypeError('not base64url');
    return unseal('search-page', sealed, about);
  } catch {
    throw new DomainError(
      'malformed',
      'invalid_page_token',
      'This page token belongs to another search, or was changed. Send it with the same question, or search again without it.',
    );
  }
}
