/** References of the ledger, such as `agent:<id>`, for people. Pure. */

interface RefWords {
  /** What it is called now; undefined where only an id is known. */
  readonly name: string | undefined;
  /** The reference, its id cut to what tells two apart at a glance. */
  readonly short: string;
  /** Where the console shows it, below the workspace; undefined where nowhere. */
  readonly path: string | undefined;
}

const PLACES: Readonly<Record<string, (id: string) => string>> = {
  agent: (id) => `agents/${id}`,
  approval: (id) => `approvals/${id}`,
  person: () => 'settings?tab=people',
  key: () => 'settings?tab=keys',
  'identity-issuer': () => 'settings?tab=connections',
  'evidence-source': () => 'settings?tab=connections',
};
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
/** The end of an id: its beginning is the time, which its neighbours share. */
const SHOWN = 6;

/** A reference with its name, as the page of entries gives it. */
export function refWords(ref: string, names: Readonly<Record<string, string>>): RefWords {
  const [kind = '', id = ''] = [ref.slice(0, ref.indexOf(':')), ref.slice(ref.indexOf(':') + 1)];
  const isId = UUID.test(id);
  return {
    name: names[ref],
    short: isId ? `${kind}:…${id.slice(-SHOWN)}` : ref,
    path: isId ? PLACES[kind]?.(id) : undefined,
  };
}
