/** What the editor makes of a draft and of the server's answers about it. Pure. */
import type { PolicyExample, PolicyTest, PolicyWidening, Problem } from '@/lib/contracts';

/** Something to say about one place of the text. */
export interface PlacedNote {
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

const PLACE = /^text:(\d+):(\d+)$/;

/** The problems of a refused text, in the order of the text. Their messages need no "Line 3:" here. */
export function problemsOf(errors: Problem['errors']): PlacedNote[] {
  return (errors ?? [])
    .flatMap(({ path, message }) => {
      const [, line, column] = PLACE.exec(path) ?? [];
      if (line === undefined || column === undefined) return [];
      const words = message.replace(/^Line \d+: /, '');
      return [{ line: Number(line), column: Number(column), message: words }];
    })
    .sort((one, other) => one.line - other.line || one.column - other.column);
}

/** Where a line and column, both from 1, are in a text; at its end when they lie beyond it. */
export function offsetOf(text: string, { line, column }: Pick<PlacedNote, 'line' | 'column'>) {
  const before = text.split('\n').slice(0, line - 1);
  const start = before.reduce((sum, passed) => sum + passed.length + 1, 0);
  return Math.min(text.length, start + column - 1);
}

export type ParsedTests = { readonly tests: readonly PolicyTest[] } | { readonly problem: string };

/** The tests as somebody typed them; the server checks what is in each. */
export function parseTests(text: string): ParsedTests {
  if (text.trim() === '') return { tests: [] };
  try {
    const parsed: unknown = JSON.parse(text);
    if (!Array.isArray(parsed)) return { problem: 'The tests have to be a list: begin with [.' };
    return { tests: parsed as PolicyTest[] };
  } catch (error) {
    return { problem: `This is no JSON yet: ${error instanceof Error ? error.message : ''}` };
  }
}

export function testsText(tests: readonly PolicyTest[]): string {
  return tests.length === 0 ? '' : JSON.stringify(tests, null, 2);
}

const VERDICTS: Readonly<Record<PolicyWidening['verdict'], { title: string; text: string }>> = {
  narrower: {
    title: 'Lets nothing more through',
    text: 'It comes into force as soon as you put it there.',
  },
  widens: {
    title: 'Lets more through',
    text: 'It is proposed; a second manager or admin has to approve it.',
  },
  unproven: {
    title: 'May let more through',
    text: 'No call was found that gets further than today, but not every call could be tried. So it is proposed; a second manager or admin has to approve it.',
  },
};

export const verdictWords = (verdict: PolicyWidening['verdict']) => VERDICTS[verdict];

/** A call of an example in one line: the facts that most rules are about. */
export function callWords({ call }: Pick<PolicyExample, 'call'>): string {
  const { tool, trust, provenance, dataClass } = call;
  const marks = [
    provenance?.injection === true ? 'an injection recognised' : undefined,
    provenance?.suspected === true ? 'an injection suspected' : undefined,
    provenance?.thirdPartyOnly === true ? 'an argument from outside' : undefined,
  ];
  const parts = [
    `rung ${trust?.rung ?? 1}`,
    tool?.sideEffect === 'none' ? 'reads' : 'writes',
    tool?.egress === true ? 'reaches outside' : undefined,
    tool?.sideEffect !== 'none' && tool?.reversible === false ? 'cannot be undone' : undefined,
    tool?.risk === undefined ? undefined : `${tool.risk} risk`,
    dataClass === undefined ? undefined : `${dataClass} data`,
    ...marks,
  ];
  return parts.filter((part) => part !== undefined).join(', ');
}
