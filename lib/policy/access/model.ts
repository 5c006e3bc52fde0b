/**
 * An access model: what holds for subjects that are no agents. Cedar policies, the schema they are held against, and the entities
 * they know: users, groups, records, actions. Pure apart from Cedar's wasm.
 */
import { createHash } from 'node:crypto';
import { checkParseEntities, checkParseSchema, type EntityJson, type PolicyJson } from '../cedar';
import { parseRules, validateRules, type CompiledRule } from '../compile';
import { PolicyInvalid } from '../errors';

export interface AccessModelSource {
  /** Cedar text. */
  readonly policies: string;
  /** A Cedar schema as text; empty: nothing is checked but the syntax. */
  readonly schema: string;
  readonly entities: readonly AccessEntity[];
}

interface Uid {
  readonly type: string;
  readonly id: string;
}

/** Cedar's own JSON of an entity, with its name in one form. */
export interface AccessEntity {
  readonly uid: Uid;
  readonly attrs: Readonly<Record<string, unknown>>;
  readonly parents: readonly Uid[];
}

/** A validated model. Made by `compileAccessModel`; immutable; safe to keep and share. */
export interface CompiledAccess {
  readonly id: string;
  readonly texts: Readonly<Record<string, string>>;
  readonly rules: ReadonlyMap<string, CompiledRule>;
  readonly entities: ReadonlyMap<string, EntityJson>;
  /** Entities that the rules themselves name: they belong to every question. */
  readonly named: readonly string[];
  /** Ids by type, sorted by code unit: what a search goes through. */
  readonly byType: ReadonlyMap<string, readonly string[]>;
  /** Names of the actions that the rules or the entities know, sorted. */
  readonly actions: readonly string[];
}

/** A model that cannot go live. `path` is `policies:LINE:COLUMN`, `schema` or `entities`. */
export class AccessModelInvalid extends Error {
  override readonly name = 'AccessModelInvalid';

  constructor(readonly problems: readonly { readonly path: string; readonly message: string }[]) {
    super(problems[0]?.message ?? 'The access model is not valid.');
  }
}

/** The key of an entity in a model. */
export const uidKey = ({ type, id }: Uid): string => JSON.stringify([type, id]);

/** The name of Cedar's type of actions. */
export const ACTION = 'Action';

/**
 * Parses a model and holds it against its schema.
 * @throws AccessModelInvalid with every problem of the first part that has some
 */
export function compileAccessModel(source: AccessModelSource): CompiledAccess {
  const rules = parsedRules(source);
  requireSchema(source.schema);
  requireFits(rules, source);
  const texts = Object.fromEntries([...rules].map(([id, { rule }]) => [id, rule.text]));
  const entities = new Map(source.entities.map((entity) => [uidKey(entity.uid), cedarOf(entity)]));
  const named = [...rules.values()].flatMap(({ json }) => namedIn(json));
  const known = [...source.entities.map(({ uid }) => uid), ...named].filter(
    ({ type }) => type === ACTION,
  );
  return {
    id: createHash('sha256').update(JSON.stringify(texts)).digest('hex'),
    texts,
    rules: new Map([...rules].map(([id, { compiled }]) => [id, compiled])),
    entities,
    named: [...new Set(named.map(uidKey))],
    byType: idsByType(source.entities),
    actions: [...new Set(known.map(({ id }) => id))].sort(),
  };
}

function parsedRules({ policies }: AccessModelSource) {
  try {
    return parseRules(policies);
  } catch (error) {
    if (error instanceof PolicyInvalid) throw new AccessModelInvalid(error.errors.map(placed));
    throw error;
  }
}

const placed = ({ line, column, message }: PolicyInvalid['errors'][number]) => ({
  path: `policies:${line}:${column}`,
  message: `Line ${line} of the policies: ${message}`,
});

function requireSchema(schema: string): void {
  if (schema === '') return;
  const answer = checkParseSchema(schema);
  if (answer.type === 'failure')
    throw new AccessModelInvalid(
      answer.errors.map(({ message }) => ({ path: 'schema', message: `The schema: ${message}` })),
    );
}

function requireFits(
  rules: ReturnType<typeof parseRules>,
  { schema, entities }: AccessModelSource,
): void {
  const seen = new Set<string>();
  const twice = entities.find(({ uid }) => seen.size === seen.add(uidKey(uid)).size);
  if (twice !== undefined)
    throw new AccessModelInvalid([
      { path: 'entities', message: `The entity ${nameOf(twice.uid)} stands there twice.` },
    ]);
  const problems = schema === '' ? [] : validateRules(rules, schema).map(placed);
  const given = { entities: entities.map(cedarOf), ...(schema === '' ? {} : { schema }) };
  const answer = checkParseEntities(given);
  if (answer.type === 'failure')
    problems.push(
      ...answer.errors.map(({ message }) => ({
        path: 'entities',
        message: `The entities: ${message}`,
      })),
    );
  if (problems.length > 0) throw new AccessModelInvalid(problems);
}

const nameOf = ({ type, id }: Uid) => `${type}::"${id}"`;

function cedarOf({ uid, attrs, parents }: AccessEntity): EntityJson {
  return {
    uid: { ...uid },
    attrs: attrs as EntityJson['attrs'],
    parents: parents.map((parent) => ({ ...parent })),
  };
}

function idsByType(entities: readonly AccessEntity[]): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const { uid } of entities) {
    const ids = found.get(uid.type);
    if (ids === undefined) found.set(uid.type, [uid.id]);
    else ids.push(uid.id);
  }
  for (const ids of found.values()) ids.sort();
  return found;
}

/** Every entity a rule names: Cedar's JSON writes them as `{type, id}`, in the scope and, below `__entity`, in conditions. */
function namedIn(json: PolicyJson): Uid[] {
  const found: Uid[] = [];
  const waiting: unknown[] = [json];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    const { type, id } = next as { type?: unknown; id?: unknown };
    if (typeof type === 'string' && typeof id === 'string') found.push({ type, id });
    waiting.push(...(Object.values(next) as unknown[]));
  }
  return found;
}
