/** `npm run bench calibration FILE...`: whether the score before an action says anything of how the action turns out. */
import { BELAY, RIVALS } from '../gaming/models';
import { printTable } from '../load';
import { predictions, readHistories, type Prediction } from './history';
import { brier, logLoss, ranking, recalibrated, reliability } from './measures';

const RULE = { threshold: 0.7, probation: 0 };

export async function benchCalibration(files: readonly string[]): Promise<void> {
  if (files.length === 0)
    throw new Error('npm run bench calibration FILE..., the recorded sessions.');
  const histories = await readHistories(files);
  const models = [BELAY, ...RIVALS.map((rival) => rival(RULE))];
  const results = models.map((model) => ({
    name: model.name,
    list: predictions(model, histories),
  }));
  const all = results[0]?.list ?? [];
  const bad = all.filter(({ good }) => !good).length;
  console.log(`${histories.size} agents, ${all.length} actions, ${bad} of them bad.\n`);
  printTable(
    [
      'model',
      'ranks good above bad',
      'log loss',
      'Brier',
      'log loss, recalibrated',
      'Brier, recalibrated',
    ],
    [
      ...results.map(({ name, list }) => row(name, list)),
      row(
        'always the base rate',
        all.map((one) => ({ ...one, score: 1 - bad / all.length })),
      ),
    ],
  );
  console.log('\nReliability of Belay: of the actions at such a score, how many were good');
  printTable(
    ['mean score', 'actions', 'share good'],
    reliability(all).map(({ score, count, good }) => [
      score.toFixed(2),
      String(count),
      good.toFixed(3),
    ]),
  );
}

function row(name: string, list: readonly Prediction[]): string[] {
  const after = recalibrated(list);
  return [
    name,
    ranking(list)?.toFixed(3) ?? 'no',
    ...[logLoss(list), brier(list), logLoss(after), brier(after)].map((value) => value.toFixed(4)),
  ];
}
