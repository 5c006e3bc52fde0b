/**
 * What the name of a value says about it, as far as it decides whether the value may differ in a group
 * (docs/decisions/0034-groups-of-like-requests.md). Pure.
 */

/**
 * `target`: where something goes, or what it may do. `amount`: how much of it. `record`: which one of many. A name that says nothing
 * is `unknown`, and its numbers stay as they are.
 */
export type NameSense = 'target' | 'amount' | 'record' | 'unknown';

const wordsOf = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Words that name a target only when they stand alone, or as several: `to` is one in `sendTo`, and none in `total`. */
const TARGET_WORDS = wordsOf(
  'to sendto cc bcc from for via ip cidr db env acl tel fax url uri dir mode pin pix swift bic blz bsb rtn aba ssn ein vat sort ' +
    'sortcode card role scope stage zone script flag mask umask chmod chown perm right level tier grant grantee member user uid ' +
    'gid owner assignee approver principal subject contact channel chat queue topic device port site tenant team office an von',
);
/** These name one wherever they stand in a name. */
const TARGET_PARTS =
  /iban|accoun|konto|kontakt|acct|routing|wallet|recipient|receiver|payee|beneficiar|empf[aä]|creditor|debtor|dest|target|ziel|address|addr|adresse|phone|telefon|mobile|mail|host|server|domain|endpoint|webhook|callback|path|file|folder|directory|bucket|environment|region|cluster|namespace|database|schema|table|branch|repo|remote|group|permission|privilege|token|secret|password|credential|command|query|config|^key$|(?:api|access|private|public|ssh)[ _-]?key/;

const AMOUNT_WORDS = wordsOf(
  'amount sum total subtotal price cost fee tax net gross discount tip charge refund quantity qty count cent euro eur usd ' +
    'dollar betrag summe preis kosten steuer menge anzahl',
);
const RECORD_WORDS = wordsOf(
  'id no nr num number ref reference order ticket case invoice item line entry record row claim booking reservation shipment ' +
    'parcel article sku product issue task draft document doc customer contract subscription payment transaction return quote offer ' +
    'report appointment nummer bestellung auftrag rechnung vorgang fall kunde artikel buchung beleg vertrag',
);

/**
 * The name of a place, or the type of a resource. A target is one before anything else: its number, its id and its sum stay as they
 * are, whatever else the name says.
 *
 * @example senseOf('toAccountNumber') // 'target'
 * @example senseOf('orderId') // 'record'
 */
export function senseOf(name: string): NameSense {
  // Names are parted where small letters end (`orderId`) and where capitals do (`DBName`); `IPs` would not survive the second.
  const small = name.replace(/([a-z0-9])([A-Z])/g, '$1 $2');
  const large = small.replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2');
  const words = [small, large].flatMap((text) => text.toLowerCase().split(/[^a-zäöüß]+/));
  if (TARGET_PARTS.test(small.toLowerCase()) || hasAny(words, TARGET_WORDS)) return 'target';
  if (hasAny(words, AMOUNT_WORDS)) return 'amount';
  return hasAny(words, RECORD_WORDS) ? 'record' : 'unknown';
}

const hasAny = (words: readonly string[], known: ReadonlySet<string>): boolean =>
  words.some((word) => singulars(word).some((one) => known.has(one)));

/** What a word may be several of. */
const singulars = (word: string): readonly string[] => [
  word,
  word.replace(/ies$/, 'y'),
  ...['s', 'es', 'n', 'en'].flatMap((ending) =>
    word.endsWith(ending) ? [word.slice(0, -ending.length)] : [],
  ),
];
