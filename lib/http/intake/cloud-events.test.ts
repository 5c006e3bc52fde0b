/** The examples of the HTTP binding and the JSON format of CloudEvents 1.0.2 (cloudevents/spec), with a type of ours. */
import { describe, expect, it } from 'vitest';
import { cloudEventsOf, decodedHeader } from './cloud-events';

const ATTRIBUTES = {
  specversion: '1.0',
  type: 'belay.signal.outcome.task_failed',
  source: '/mycontext/subcontext',
  id: '1234-1234-1234',
  time: '2018-04-05T03:56:24Z',
};
const DATA = { magnitude: 0.5 };

const read = (headers: Record<string, string>, body: unknown) =>
  cloudEventsOf(
    new Request('http://localhost/', { method: 'POST', headers }),
    Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  );
const structured = (body: unknown) =>
  read({ 'content-type': 'application/cloudevents+json; charset=UTF-8' }, body);
const batch = (body: unknown) =>
  read({ 'content-type': 'application/cloudevents-batch+json; charset=UTF-8' }, body);
const inHeaders = (changes: Record<string, string> = {}) => ({
  ...Object.fromEntries(Object.entries(ATTRIBUTES).map(([name, value]) => [`ce-${name}`, value])),
  'content-type': 'application/json; charset=utf-8',
  ...changes,
});
const codeOf = (run: () => unknown): string => {
  try {
    run();
    return 'taken';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('an event over HTTP', () => {
  it('is the same in all three modes', () => {
    const expected = { ...ATTRIBUTES, data: DATA };
    expect(structured(expected)).toEqual([expected]);
    expect(batch([expected, expected])).toEqual([expected, expected]);
    expect(read(inHeaders(), DATA)).toEqual([expected]);
    expect(read({ 'content-type': 'application/json' }, expected)).toEqual([expected]);
  });

  it('may come without data, and a batch without events', () => {
    expect(structured(ATTRIBUTES)).toEqual([ATTRIBUTES]);
    expect(read(inHeaders({ 'content-type': 'text/plain' }), '')).toEqual([ATTRIBUTES]);
    expect(batch([])).toEqual([]);
  });

  it('may carry its data as Base64', () => {
    const packed = Buffer.from(JSON.stringify(DATA)).toString('base64');
    const [event] = structured({ ...ATTRIBUTES, data_base64: packed });
    expect(event).toEqual({ ...ATTRIBUTES, data: DATA });
    const xml = { ...ATTRIBUTES, datacontenttype: 'text/xml', data_base64: packed };
    expect(codeOf(() => structured(xml))).toBe('malformed_body');
    for (const broken of ['%%%%', 'abc', 7])
      expect(codeOf(() => structured({ ...ATTRIBUTES, data_base64: broken }))).toBe(
        'malformed_body',
      );
    const both = { ...ATTRIBUTES, data: DATA, data_base64: packed };
    expect(codeOf(() => structured(both))).toBe('malformed_body');
  });

  it('may have attributes of its own', () => {
    const extended = { ...ATTRIBUTES, comexampleextension1: 'value', comexampleothervalue: 5 };
    expect(structured(extended)).toEqual([extended]);
    expect(read(inHeaders({ 'ce-comexampleextension1': 'value' }), DATA)).toEqual([
      { ...ATTRIBUTES, comexampleextension1: 'value', data: DATA },
    ]);
  });

  it.each(['specversion', 'type', 'source', 'id'])('is none without "%s"', (name) => {
    const { [name as 'id']: _, ...rest } = ATTRIBUTES;
    expect(codeOf(() => structured(rest))).toBe('malformed_body');
    const { [`ce-${name}`]: __, ...headers } = inHeaders() as Record<string, string>;
    expect(codeOf(() => read(headers, {}))).toBe('malformed_body');
  });

  it('is refused where the mode and the body differ', () => {
    expect(codeOf(() => structured([ATTRIBUTES]))).toBe('malformed_body');
    expect(codeOf(() => batch(ATTRIBUTES))).toBe('malformed_body');
    const avro = { 'content-type': 'application/cloudevents+avro' };
    expect(codeOf(() => read(avro, ATTRIBUTES))).toBe('wrong_content_type');
    expect(codeOf(() => read(inHeaders({ 'content-type': 'text/xml' }), '<a/>'))).toBe(
      'wrong_content_type',
    );
    expect(codeOf(() => read(inHeaders({ 'ce-datacontenttype': 'text/xml' }), DATA))).toBe(
      'malformed_body',
    );
  });
});

describe('the value of a header', () => {
  it.each([
    ['Euro%20%E2%82%AC%20%F0%9F%98%80', 'Euro € 😀'],
    ['%e2%82%ac', '€'],
    ['%41%42', 'AB'],
    ['"a \\"quoted\\" \\\\ value"', 'a "quoted" \\ value'],
    ['%2525', '%25'],
    ['', ''],
  ])('%s is decoded once', (value, expected) => {
    expect(decodedHeader('ce-subject', value)).toBe(expected);
  });

  it.each(['%C0%A0', '%ED%A0%80', '%F0%9F', '100%', '%zz', '%00', 'a%0d%0ab'])(
    '%s is refused',
    (value) => {
      expect(codeOf(() => decodedHeader('ce-subject', value))).toBe('malformed_header');
    },
  );
});
