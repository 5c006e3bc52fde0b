/** The tools and budgets of a pact as lines that people edit, and back. Pure. */
import type { Pact } from '@/lib/contracts';

type Budgets = NonNullable<Pact['budgets']>;

/** Most actions, a slash, seconds, and after a space the tool it is for. */
const BUDGET = /^(\d{1,15})\s*\/\s*(\d{1,15})(?:\s+(\S+))?$/;

export const toolLines = ({ tools }: Pact): string => tools.join('\n');

/** @example budgetLines({ tools: [], budgets: [{ maxActions: 5, perSeconds: 60, tool: 'a' }] }) // '5 / 60 a' */
export const budgetLines = ({ budgets = [] }: Pact): string =>
  budgets
    .map(({ tool, maxActions, perSeconds }) =>
      [`${maxActions} / ${perSeconds}`, ...(tool === undefined ? [] : [tool])].join(' '),
    )
    .join('\n');

/** Every name once, in the order they stand in; names have no white space in them. */
export const toolsOf = (text: string): string[] => [
  ...new Set(text.split(/[\s,]+/).filter((name) => name !== '')),
];

/** @returns undefined when a line is no budget */
export function budgetsOf(text: string): Budgets | undefined {
  const lines = text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  const budgets = lines.flatMap((line) => {
    const [, most, seconds, tool] = BUDGET.exec(line) ?? [];
    const [maxActions, perSeconds] = [Number(most), Number(seconds)];
    if (!(maxActions > 0 && perSeconds > 0)) return [];
    return [{ ...(tool === undefined ? {} : { tool }), maxActions, perSeconds }];
  });
  return budgets.length === lines.length ? budgets : undefined;
}

/** The pact with other tools and budgets; every other clause stays. */
export function withLines(pact: Pact, tools: string[], budgets: Budgets): Pact {
  const { budgets: before, ...rest } = pact;
  return budgets.length === 0 && before === undefined
    ? { ...rest, tools }
    : { ...rest, tools, budgets };
}
