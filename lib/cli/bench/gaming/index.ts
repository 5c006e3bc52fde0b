/** Attackers against Belay's engine and three other models: how much harm before the right to act alone is gone. */
import { MONDAY } from '@/lib/trust/scenarios';
import { printTable } from '../load';
import { ATTACKS, honest } from './attacks';
import { BELAY, RIVALS, type Model } from './models';

const DAY_MS = 86_400_000;
/** Where the others let an agent act alone when nobody tunes them: the same 0.70. */
const THRESHOLD = 0.7;

export function benchGaming(): void {
  const probation = honest(BELAY)?.actions ?? 0;
  const settings = [
    { label: 'the other models as they come, from 0.70 on', probation: 0 },
    {
      label: `the other models from 0.70 on, after a probation of ${probation} actions as with Belay`,
      probation,
    },
  ];
  for (const setting of settings) {
    const rule = { threshold: THRESHOLD, probation: setting.probation };
    const models = [BELAY, ...RIVALS.map((rival) => rival(rule))];
    console.log(`\nHarmful actions carried out alone: ${setting.label}`);
    printTable(
      ['attack', ...models.map(({ name }) => name)],
      [
        ...ATTACKS.map((attack) => [
          attack.name,
          ...models.map((model) => String(attack.run(model))),
        ]),
        [
          'honest agent: actions until it acts alone',
          ...models.map((model) => pace(model).actions),
        ],
        ['honest agent: days', ...models.map((model) => pace(model).days)],
      ],
    );
  }
  console.log('');
  printTable(
    ['attack', 'what it does'],
    ATTACKS.map(({ name, what }) => [name, what]),
  );
}

function pace(model: Model): { actions: string; days: string } {
  const reached = honest(model);
  if (reached === null) return { actions: 'never', days: 'never' };
  return {
    actions: String(reached.actions),
    days: ((reached.at - MONDAY) / DAY_MS).toFixed(1),
  };
}
