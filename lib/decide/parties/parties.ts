/** Who has a part in an action and so decides nothing about it: its owner, who asked for it, whoever passed it on, who holds a key. Pure. */
import { alsoKnownAs, type KnownPerson } from '../known-people';
import { samePerson, type Identity } from '../same-person';

export const PARTS = ['owner', 'requester', 'delegator', 'gateway', 'keyholder'] as const;
export type Part = (typeof PARTS)[number];

export interface Party extends Identity {
  readonly part: Part;
  /** Nobody else can decide now, but somebody could when they put the key in: putting in another ends the part. */
  readonly leftAlone?: true;
  /** They put the key in when they registered the agent. */
  readonly registered?: boolean;
}

/** Whoever put in a key that an agent signs with. */
export interface KeyHolder extends Identity {
  /** Nobody else could decide when they did. */
  readonly alone: boolean;
  /** It is the key the agent was registered with. */
  readonly registered: boolean;
  /** It is no longer in force, and counts for what was asked with it alone: what `usedCredential` names. */
  readonly ended?: string | null;
}

/** Who stands behind an action as it is written down, before it is asked who is whom. */
export interface Behind {
  readonly owner: Identity;
  /** Names of those whose request it is. */
  readonly requesters: readonly string[];
  /** The chain of delegation, as the agent says. */
  readonly delegators: readonly string[];
  /** Owners of the agents in that chain. */
  readonly delegatorOwners: readonly Identity[];
  /** Whoever is behind the key that sent it. */
  readonly authors: readonly Identity[];
  /** Whoever put in a key that the agent signs with. */
  readonly keyholders: readonly KeyHolder[];
}

/**
 * Everybody with a part, each with the other words for the same person that the workspace knows: whoever is written down with an
 * address is also known by the name of its account, so that a second account under that name is no other person.
 */
export function partiesFrom(behind: Behind, known: readonly KnownPerson[]): Party[] {
  const named: readonly Party[] = [
    { ...behind.owner, part: 'owner' },
    ...behind.requesters.map((name): Party => ({ ...wordOf(name), part: 'requester' })),
    ...behind.delegators.map((name): Party => ({ ...wordOf(name), part: 'delegator' })),
    ...behind.delegatorOwners.map((owner): Party => ({ ...owner, part: 'delegator' })),
    ...behind.authors.map((author): Party => ({ ...author, part: 'gateway' })),
    ...behind.keyholders.flatMap((holder) => partOfHolder(holder, known)),
  ];
  return named.flatMap((party) => [
    party,
    ...alsoKnownAs(party, known)
      .slice(1)
      .map((person): Party => ({ ...party, ...person })),
  ]);
}

/** `person:<id>` or an id alone names an account, everything else a person by name or address. */
const wordOf = (name: string): Identity => ({
  personId: name.replace(/^person:/, ''),
  name,
});

/**
 * Whoever is alone has nobody to hand a verdict to, and nobody to keep it from. It has to be so now and have been so when they put
 * the key in: otherwise an admin would be alone for as long as it takes to lower the others.
 */
function partOfHolder({ alone, ...holder }: KeyHolder, known: readonly KnownPerson[]): Party[] {
  const isAlone = !somebodyElseDecides(holder, known);
  if (alone && isAlone) return [];
  return [{ ...holder, part: 'keyholder', ...(isAlone ? { leftAlone: true } : {}) }];
}

/** Whether anybody but them signs in here and has a role that decides. */
export const somebodyElseDecides = (somebody: Identity, known: readonly KnownPerson[]): boolean =>
  known.some((person) => person.decides && !samePerson(somebody, person));

/** The weightiest part that somebody has in the action. */
export const partOf = (parties: readonly Party[], somebody: Identity): Party | undefined =>
  PARTS.flatMap((part) => parties.filter((party) => party.part === part)).find((party) =>
    samePerson(party, somebody),
  );
