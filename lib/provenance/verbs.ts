/** What people ask for, in base forms, by what is done. A verb may do several things: `write` sends a letter and fills a file. */
const DEEDS: Readonly<Record<string, string>> = {
  pay: 'send transfer pay wire remit deposit refund reimburse settle donate charge withdraw move buy purchase top',
  tell: 'send write mail email e-mail message text post tell notify reply respond answer forward dm say inform announce publish submit ask contact share print output report repeat ping warn alert remind',
  make: 'create add make schedule book reserve register open insert start set plan arrange put append write order draft generate build attach prepare place enter note record save fill sign subscribe',
  drop: 'delete remove erase drop cancel clear purge kick revoke unsubscribe uninstall empty wipe block disable close stop withdraw reject terminate discard',
  change:
    'update change modify edit set reset replace adjust move reschedule rename increase decrease alter switch correct redirect convert upgrade downgrade extend transfer rewrite amend fix enable activate',
  admit:
    'share grant invite give add allow authorize authorise approve permit assign enrol enroll join promote accept unlock expose',
  read: 'get read open visit fetch browse view go check look search find list show download load retrieve scan review summarize summarise follow access see watch consult click extract collect gather reveal',
  run: 'run execute call invoke trigger launch perform use do install deploy import complete finish carry take handle recommend provide include make upload export copy ensure',
};

/** What a verb does; several at times. */
export const DEEDS_OF: ReadonlyMap<string, readonly string[]> = new Map(
  [...new Set(Object.values(DEEDS).flatMap((verbs) => verbs.split(' ')))].map((verb) => [
    verb,
    Object.keys(DEEDS).filter((deed) => DEEDS[deed]?.split(' ').includes(verb)),
  ]),
);

export const VERBS: readonly string[] = [...DEEDS_OF.keys()];

/** `sending`, `sent` and `sends` are `send`, as far as endings tell; undefined for no verb of ours. */
export function verbOf(word: string): string | undefined {
  if (DEEDS_OF.has(word)) return word;
  return STEMS.get(stemOf(word));
}

/** Good enough to bring the forms of one word together; not a word itself. */
export function stemOf(word: string): string {
  if (word.length <= 4) return word.replace(/s$/, '');
  return word
    .replace(/(?:ing|ed|es|s|e)$/, '')
    .replace(/([^aeiouls])\1$/, '$1')
    .replace(/i$/, 'y');
}

const STEMS: ReadonlyMap<string, string> = new Map([
  ...VERBS.map((verb): [string, string] => [stemOf(verb), verb]),
  ['sent', 'send'],
  ['paid', 'pay'],
  ['payment', 'pay'],
  ['payments', 'pay'],
  ['made', 'make'],
  ['gave', 'give'],
  ['given', 'give'],
  ['wrote', 'write'],
  ['written', 'write'],
  ['told', 'tell'],
  ['bought', 'buy'],
  ['found', 'find'],
  ['transaction', 'transfer'],
  ['reservation', 'reserve'],
  ['cancellation', 'cancel'],
  ['removal', 'remove'],
  ['deletion', 'delete'],
  ['creation', 'create'],
  ['invitation', 'invite'],
  ['registration', 'register'],
  ['modification', 'modify'],
  ['notification', 'notify'],
]);
