/** What the editor makes of a draft and of the server's answers about it. Pure. */
import type { PolicyExample, PolicyTest, PolicyWidening, Problem } from '@/lib/contracts';
import { RISK_WORDS } from '@/components/ui/risk-words';
import { t } from '@/lib/client/language';

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
    if (!Array.isArray(parsed)) return { problem: t('The tests have to be a list: begin with [.') };
    return { tests: parsed as PolicyTest[] };
  } catch (error) {
    return {
      problem: t('This is no JSON yet: {why}', {
        why: error instanceof Error ? error.message : '',
      }),
    };
  }
}

export function testsText(tests: readonly PolicyTest[]): string {
  return tests.length === 0 ? '' : JSON.stringify(tests, null, 2);
}

const VERDICTS: Readonly<Record<PolicyWidening['verdict'], { title: string; text: string }>> = {
  narrower: {
    get title() {
      return t('Lets nothing more through');
    },
    get text() {
      return t('It comes into force as soon as you put it there.');
    },
  },
  widens: {
    get title() {
      return t('Lets more through');
    },
    get text() {
      return t('It is proposed; a second manager or admin has to approve it.');
    },
  },
  unproven: {
    get title() {
      return t('May let more through');
    },
    get text() {
      return t(
        'No call was found that gets further than today, but not every call could be tried. So it is proposed; a second manager or admin has to approve it.',
      );
    },
  },
};

export const verdictWords = (verdict: PolicyWidening['verdict']) => VERDICTS[verdict];

/** A call of an example in one line: the facts that most rules are about. */
export function callWords({ call }: Pick<PolicyExample, 'call'>): string {
  const { tool, trust, provenance, dataClass } = call;
  const writes = tool?.sideEffect !== 'none';
  const facts: readonly (readonly [boolean, () => string])[] = [
    [true, () => t('rung {rung}', { rung: trust?.rung ?? 1 })],
    [!writes, () => t('reads')],
    [writes, () => t('writes')],
    [tool?.egress === true, () => t('reaches outside')],
    [writes && tool?.reversible === false, () => t('cannot be undone')],
    [tool?.risk !== undefined, () => (tool?.risk ? RISK_WORDS[tool.risk] : '')],
    [dataClass !== undefined, () => t('{class} data', { class: dataClass ?? '' })],
    [provenance?.injection === true, () => t('an injection recognised')],
    [provenance?.suspected === true, () => t('an injection suspected')],
    [provenance?.thirdPartyOnly === true, () => t('an argument from outside')],
  ];
  return facts.flatMap(([holds, words]) => (holds ? [words()] : [])).join(', ');
}
