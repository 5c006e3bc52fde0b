import { describe, expect, it } from 'vitest';
import { tracesOf } from './protobuf';
import { spansOf } from './spans';
import { asJson, asProtobuf } from './testing';

/** `examples/trace.json` of open-telemetry/opentelemetry-proto, as far as anybody looks at it. */
const EXAMPLE = {
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'my.service' } }] },
      scopeSpans: [
        {
          scope: {
            name: 'my.library',
            version: '1.0.0',
            attributes: [
              { key: 'my.scope.attribute', value: { stringValue: 'some scope attribute' } },
            ],
          },
          spans: [
            {
              traceId: '5B8EFFF798038103D269B633813FC60C',
              spanId: 'EEE19B7EC3C1B174',
              parentSpanId: 'EEE19B7EC3C1B173',
              name: "I'm a server span",
              startTimeUnixNano: 1544712660000000000,
              endTimeUnixNano: 1544712661000000000,
              kind: 2,
              attributes: [{ key: 'my.span.attr', value: { stringValue: 'some value' } }],
            },
          ],
        },
      ],
    },
  ],
};
const TELEMETRY = {
  resource: { 'service.name': 'my.service' },
  spans: [
    {
      traceId: '5b8efff798038103d269b633813fc60c',
      spanId: 'eee19b7ec3c1b174',
      end: 1544712661000000000n,
      attributes: { 'my.span.attr': 'some value', 'my.count': 7, 'my.share': 0.5, 'my.flag': true },
      failed: true,
    },
  ],
};
const BYTES = asProtobuf(TELEMETRY);
const codeOf = (bytes: Uint8Array): string => {
  try {
    tracesOf(bytes);
    return 'taken';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

describe('spans', () => {
  it('are read out of the example of OTLP', () => {
    expect(spansOf(EXAMPLE)).toEqual({
      broken: 0,
      spans: [
        {
          id: '5b8efff798038103d269b633813fc60c:eee19b7ec3c1b174',
          at: 1544712661000,
          attributes: new Map([['my.span.attr', 'some value']]),
          resource: new Map([['service.name', 'my.service']]),
          failed: false,
        },
      ],
    });
  });

  it('are the same in JSON and in protobuf', () => {
    const inJson = spansOf(asJson(TELEMETRY));
    expect(spansOf(tracesOf(BYTES))).toEqual(inJson);
    expect(inJson.spans[0]?.attributes).toEqual(
      new Map(Object.entries(TELEMETRY.spans[0]?.attributes ?? {})),
    );
  });

  it('are counted when they are none, and the others are read', () => {
    const [first] = asJson(TELEMETRY).resourceSpans;
    const spans = first?.scopeSpans[0]?.spans ?? [];
    const broken = [
      { ...spans[0], traceId: '00' },
      7,
      null,
      { ...spans[0], spanId: '0'.repeat(16) },
    ];
    const found = spansOf({ resourceSpans: [{ scopeSpans: [{ spans: [...broken, ...spans] }] }] });
    expect(found.broken).toBe(4);
    expect(found.spans).toHaveLength(1);
    expect(spansOf({})).toEqual({ spans: [], broken: 0 });
    expect(() => spansOf({ resourceSpans: 7 })).toThrow(/no export/);
    const many = Array.from({ length: 5_001 }, () => spans[0]);
    expect(() => spansOf({ resourceSpans: [{ scopeSpans: [{ spans: many }] }] })).toThrow(
      /at most/,
    );
  });
});

describe('forged protobuf', () => {
  it('is refused when it is cut off anywhere within a message', () => {
    expect(codeOf(new Uint8Array())).toBe('taken');
    for (let length = 1; length < BYTES.length; length += 1)
      expect(codeOf(BYTES.subarray(0, length))).toBe('malformed_protobuf');
  });

  it.each([
    ['a length beyond the end', [0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]],
    ['an inner message longer than the outer', [0x0a, 0x02, 0x12, 0x7f, 0x00, 0x00]],
    ['a varint without an end', Array.from({ length: 12 }, () => 0xff)],
    ['a field with another wire type', [0x08, 0x01]],
    ['a field number of nought', [0x00, 0x01]],
    ['groups within groups', Array.from({ length: 5_000 }, () => 0x1b)],
    ['an end of a group that never began', [0x0c]],
  ])('is refused: %s', (_, bytes) => {
    expect(codeOf(Uint8Array.from(bytes))).toBe('malformed_protobuf');
  });

  it('never throws anything but its refusal, whatever bytes are changed', () => {
    for (let at = 0; at < BYTES.length; at += 1)
      for (const value of [0x00, 0x7f, 0x80, 0xff]) {
        const changed = Uint8Array.from(BYTES);
        changed[at] = value;
        expect(['taken', 'malformed_protobuf']).toContain(codeOf(changed));
      }
  });
});
