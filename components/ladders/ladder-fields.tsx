'use client';

import { Field, Input } from '@/components/ui/field';
import type { LadderBody } from '@/lib/contracts';
import { t } from '@/lib/client/language';

interface FieldsProps {
  ladder: LadderBody;
  problems: Record<string, string>;
  onChange: (ladder: LadderBody) => void;
}

const HOUR_SECONDS = 3_600;
/** Keeps thousandths, so that 0.1 + 0.2 does not show. */
const tidy = (value: number) => Math.round(value * 1e6) / 1e6;

/** Name and threshold of each rung. The first begins at 0. */
export function RungFields({ ladder, problems, onChange }: FieldsProps) {
  const replace = (rung: number, change: Partial<LadderBody['rungs'][number]>) =>
    onChange({
      ...ladder,
      rungs: ladder.rungs.map((entry) => (entry.rung === rung ? { ...entry, ...change } : entry)),
    });
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="pb-2 text-dense font-medium">{t('Rungs')}</legend>
      {ladder.rungs.map((rung) => (
        <div key={rung.rung} className="grid grid-cols-[1fr_7rem] gap-2">
          <Field
            label={t('Name of rung {rung}', { rung: rung.rung })}
            error={problems[`name-${rung.rung}`]}
          >
            <Input
              value={rung.name}
              maxLength={60}
              onChange={(event) => replace(rung.rung, { name: event.target.value })}
            />
          </Field>
          <Field label={t('Begins at')} error={problems[`min-${rung.rung}`]}>
            <Input
              type="number"
              step={0.01}
              min={0}
              max={1}
              disabled={rung.rung === 1}
              defaultValue={rung.min}
              onChange={(event) => replace(rung.rung, { min: event.target.valueAsNumber })}
            />
          </Field>
        </div>
      ))}
    </fieldset>
  );
}

interface NumberField {
  problem: string;
  label: string;
  help: string;
  input: { step: number; min: number; max: number };
  read: (ladder: LadderBody) => number;
  write: (value: number) => Partial<LadderBody>;
}

const CLIMB_FIELDS: readonly NumberField[] = [
  {
    problem: 'hysteresis',
    get label() {
      return t('Points above the threshold');
    },
    get help() {
      return t('One point is 0.01 of the score. Keeps agents from going up and down at the edge.');
    },
    input: { step: 0.5, min: 0, max: 20 },
    read: (ladder) => tidy(ladder.hysteresis * 100),
    write: (value) => ({ hysteresis: tidy(value / 100) }),
  },
  {
    problem: 'dwell',
    get label() {
      return t('For how many hours');
    },
    get help() {
      return t('The score must stay there all the time.');
    },
    input: { step: 1, min: 0, max: 720 },
    read: (ladder) => tidy(ladder.dwellSeconds / HOUR_SECONDS),
    write: (value) => ({ dwellSeconds: tidy(value * HOUR_SECONDS) }),
  },
  {
    problem: 'evidence',
    get label() {
      return t('Least observations');
    },
    get help() {
      return t('Effective ones: old evidence counts less.');
    },
    input: { step: 1, min: 0, max: 10_000 },
    read: (ladder) => ladder.minimumEvidence,
    write: (value) => ({ minimumEvidence: value }),
  },
  {
    problem: 'floor',
    get label() {
      return t('Floor of every layer');
    },
    get help() {
      return t('A single weak layer blocks the climb.');
    },
    input: { step: 0.01, min: 0, max: 1 },
    read: (ladder) => ladder.layerFloor,
    write: (value) => ({ layerFloor: value }),
  },
];

/** When results of checks count. */
const RESPONSE_FIELDS: readonly NumberField[] = [
  {
    problem: 'safety-checks',
    get label() {
      return t('Least safety checks');
    },
    get help() {
      return t(
        'Of 24 hours, before failures among them suspend an agent. With 1, a single failed check does.',
      );
    },
    input: { step: 1, min: 1, max: 1_000 },
    read: (ladder) => ladder.minimumSafetyChecks ?? 1,
    write: (value) => ({ minimumSafetyChecks: value }),
  },
];

/** What must hold for a climb. */
export const ClimbFields = (props: FieldsProps) => (
  <NumberFields {...props} legend={t('To climb')} fields={CLIMB_FIELDS} />
);
/** When what happens has consequences. */
export const ResponseFields = (props: FieldsProps) => (
  <NumberFields {...props} legend={t('To respond')} fields={RESPONSE_FIELDS} />
);

function NumberFields({
  ladder,
  problems,
  onChange,
  legend,
  fields,
}: FieldsProps & { legend: string; fields: readonly NumberField[] }) {
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="pb-2 text-dense font-medium">{legend}</legend>
      {fields.map((field) => (
        <Field
          key={field.problem}
          label={field.label}
          help={field.help}
          error={problems[field.problem]}
        >
          <Input
            type="number"
            {...field.input}
            defaultValue={field.read(ladder)}
            onChange={(event) =>
              onChange({ ...ladder, ...field.write(event.target.valueAsNumber) })
            }
          />
        </Field>
      ))}
    </fieldset>
  );
}
