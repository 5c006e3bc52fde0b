/** Whether two accounts belong to one human, as far as Belay can tell. Pure. */

/** What is known of somebody: an account, or only a name or an address that somebody wrote down. */
export interface Identity {
  readonly personId?: string | null;
  readonly email?: string | null;
  readonly name?: string | null;
}

/**
 * The same account, the same mailbox (also with a `+tag`), or the same name: an address or a name that stands in the other's place
 * counts as well, since owners are free text (docs/decisions/0009-owner-as-text.md). Rather one too many than one too few: it is
 * only for asking for somebody else, and never lets anybody do more.
 *
 * @example samePerson({ email: 'ann+2@example.org' }, { email: 'Ann@example.org' }) // true
 */
export function samePerson(one: Identity, other: Identity): boolean {
  if (one.personId && one.personId === other.personId) return true;
  const words = wordsOf(one);
  return wordsOf(other).some((word) => words.includes(word));
}

const wordsOf = ({ email, name }: Identity): string[] =>
  [email, name].flatMap((word) => {
    const plain = plainWord(word ?? '');
    return plain === '' ? [] : [plain];
  });

/** Lower case, one space between words, and of an address the mailbox without its tag. */
function plainWord(text: string): string {
  const word = text.normalize('NFKC').trim().toLowerCase().replace(/\s+/g, ' ');
  return word.includes('@') ? word.replace(/\+[^@]*@/, '@') : word;
}
