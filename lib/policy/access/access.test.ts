import { describe, expect, it } from 'vitest';
import { decideAccess } from './decide-access';
import { AccessModelInvalid, compileAccessModel, type AccessModelSource } from './model';
import { toldValues } from './told-values';

const model = (changes: Partial<AccessModelSource> = {}) =>
  compileAccessModel({ policies: '', schema: '', entities: [], ...changes });
const entity = (
  type: string,
  id: string,
  attrs = {},
  parents: { type: string; id: string }[] = [],
) => ({
  uid: { type, id },
  attrs,
  parents,
});
const asked = (changes: object = {}) => ({
  subject: { type: 'user', id: 'ann' },
  action: { name: 'read' },
  resource: { type: 'file', id: 'f-1' },
  ...changes,
});

const LIMIT = `permit (principal, action, resource);
@id("limit") @reason("Too much.") forbid (principal, action, resource) when { context.action has amount && context.action.amount > 100 };`;

describe('values of a request', () => {
  it('reach Cedar as they are, without what says nothing', () => {
    const values = { a: 'x', b: true, n: -7, l: [1, 'y'], r: { s: 'z', none: null }, none: null };
    const { none: _none, ...rest } = values;
    expect(toldValues(values)).toEqual({ values: { ...rest, r: { s: 'z' } }, hidden: [] });
  });

  it('may name an entity, and use none of Cedar’s other escapes', () => {
    const owner = { __entity: { type: 'user', id: 'ann' } };
    expect(toldValues({ owner }).values).toEqual({ owner });
    for (const value of [
      { __extn: { fn: 'ip', arg: '1.1.1.1' } },
      { __entity: 'user' },
      { __entity: { type: 'user', id: 'ann', more: 1 } },
      { ...owner, more: 1 },
    ])
      expect(toldValues({ value }).hidden).toEqual([['value']]);
  });

  it.each([1.5, 2 ** 53, '\ud800', [1, null], [{ deep: 0.1 }, 0.1]])(
    'that Cedar cannot be told (%j) are named as hidden',
    (value) => {
      expect(toldValues({ outer: { value } }).hidden[0]?.slice(0, 2)).toEqual(['outer', 'value']);
    },
  );
});

describe('an access model', () => {
  it('is silent, and so denies, where no rule speaks', () => {
    expect(decideAccess(model(), asked())).toEqual({ permitted: false, reasons: [] });
  });

  it('says why where a rule forbids', () => {
    const limit = model({ policies: LIMIT });
    const of = (amount: unknown) =>
      decideAccess(limit, asked({ action: { name: 'pay', properties: { amount } } }));
    expect(of(100)).toEqual({ permitted: true, reasons: [] });
    expect(of(101)).toMatchObject({ permitted: false, reasons: [{ text: 'Too much.' }] });
  });

  it('denies when a rule could look at a value it cannot be told', () => {
    const limit = model({ policies: LIMIT });
    const pay = (properties: object) =>
      decideAccess(limit, asked({ action: { name: 'pay', properties } }));
    expect(pay({ amount: 100.5 }).reasons[0]?.code).toBe('access.value_not_readable');
    expect(pay({ amount: { nested: 1.5 } }).reasons[0]?.code).toBe('access.value_not_readable');
    expect(pay({ other: 100.5 })).toEqual({ permitted: true, reasons: [] });
  });

  it('counts a forbidding rule that fails as forbidding, a permitting one as absent', () => {
    const failing = 'when { principal.none == 1 };';
    const both = `permit (principal, action, resource); forbid (principal, action, resource) ${failing}`;
    expect(decideAccess(model({ policies: both }), asked()).reasons[0]?.code).toBe(
      'access.forbid_failed',
    );
    const one = `permit (principal, action, resource) ${failing}`;
    expect(decideAccess(model({ policies: one }), asked()).permitted).toBe(false);
  });

  it('follows groups, attributes and entities that rules name, and takes parents from nobody else', () => {
    const known = model({
      policies: `permit (principal in group::"staff", action in Action::"reading", resource)
        when { resource.owner.team == principal.team && group::"staff".open };`,
      entities: [
        entity('group', 'staff', { open: true }),
        entity('group', 'writers', {}, [{ type: 'group', id: 'staff' }]),
        entity('user', 'ann', { team: 'a' }, [{ type: 'group', id: 'writers' }]),
        entity('user', 'bob', { team: 'a' }),
        entity('Action', 'reading'),
        entity('Action', 'read', {}, [{ type: 'Action', id: 'reading' }]),
        entity('file', 'f-1', { owner: { __entity: { type: 'user', id: 'bob' } } }),
      ],
    });
    expect(decideAccess(known, asked()).permitted).toBe(true);
    expect(decideAccess(known, asked({ action: { name: 'write' } })).permitted).toBe(false);
    const bob = {
      type: 'user',
      id: 'bob',
      properties: { parents: [{ type: 'group', id: 'staff' }] },
    };
    expect(decideAccess(known, asked({ subject: bob })).permitted).toBe(false);
    expect(known.actions).toEqual(['read', 'reading']);
    expect(known.byType.get('user')).toEqual(['ann', 'bob']);
  });

  it('is one entity when somebody asks about themselves', () => {
    const own = model({
      policies:
        'permit (principal, action, resource) when { principal.a == 1 && resource.b == 2 };',
    });
    const self = { type: 'user', id: 'ann' };
    const question = asked({
      subject: { ...self, properties: { a: 1 } },
      resource: { ...self, properties: { b: 2 } },
    });
    expect(decideAccess(own, question).permitted).toBe(true);
  });

  it.each(['spa ce', 'in', 'a::', '', '__cedar::x', 'ü'])('knows nobody of type "%s"', (type) => {
    const open = model({ policies: 'permit (principal, action, resource);' });
    expect(decideAccess(open, asked({ subject: { type, id: 'x' } })).permitted).toBe(false);
  });
});

describe('a model that cannot go live', () => {
  const problems = (changes: Partial<AccessModelSource>) => {
    try {
      model(changes);
    } catch (error) {
      if (error instanceof AccessModelInvalid) return error.problems;
      throw error;
    }
    return [];
  };
  const SCHEMA =
    'entity user { age: Long }; entity file; action read appliesTo { principal: user, resource: file };';

  it('names the place', () => {
    expect(
      problems({ policies: 'permit (principal, action, resource);\nallow all;' }),
    ).toMatchObject([{ path: 'policies:2:7' }]);
    expect(problems({ schema: 'entity' })).toMatchObject([{ path: 'schema' }]);
    expect(problems({ entities: [entity('user', 'a'), entity('user', 'a')] })).toMatchObject([
      { path: 'entities', message: 'The entity user::"a" stands there twice.' },
    ]);
    expect(problems({ entities: [entity('spa ce', 'a')] })).toMatchObject([{ path: 'entities' }]);
  });

  it('does not fit its schema', () => {
    const entities = [entity('user', 'a', { age: 'old' })];
    expect(problems({ schema: SCHEMA, entities })).toMatchObject([{ path: 'entities' }]);
    const policies = 'permit (principal, action, resource) when { principal.name == "x" };';
    expect(problems({ schema: SCHEMA, policies })[0]?.path).toMatch(/^policies:1:/);
    expect(problems({ schema: SCHEMA, entities: [entity('user', 'a', { age: 7 })] })).toEqual([]);
  });

  it('goes in a circle', () => {
    const of = (id: string, parent: string) =>
      entity('group', id, {}, [{ type: 'group', id: parent }]);
    expect(problems({ entities: [of('a', 'b'), of('b', 'a')] })).toMatchObject([
      { path: 'entities' },
    ]);
  });
});
