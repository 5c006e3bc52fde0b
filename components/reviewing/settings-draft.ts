/** The settings as they are typed. Pure. */
import type { Vigilance } from '@/lib/contracts';
import { t } from '@/lib/client/language';

type Body = Vigilance['settings'];
/** Everything as text, as fields hold it. */
export type Draft = Readonly<Record<keyof Body, string>>;

interface NumberField {
  readonly name: Exclude<keyof Body, 'canaryTemplates'>;
  readonly label: string;
  readonly help: string;
  /** Typed as percent, kept as a share. */
  readonly percent?: true;
  /** Empty means none. */
  readonly optional?: true;
  readonly max: number;
}

interface FieldGroup {
  readonly id: 'samples' | 'canaries' | 'load';
  readonly title: string;
  readonly fields: readonly NumberField[];
}

export const FIELD_GROUPS: readonly FieldGroup[] = [
  {
    id: 'samples',
    get title() {
      return t('Samples for review');
    },
    fields: [
      {
        name: 'sampleRate',
        get label() {
          return t('Share drawn, in percent');
        },
        get help() {
          return t(
            'Of low-risk writes of a well-known agent; up to 32 times as much where risk is critical and trust is new.',
          );
        },
        percent: true,
        max: 100,
      },
      {
        name: 'samplesPerDay',
        get label() {
          return t('Most samples a day');
        },
        get help() {
          return t('When the day is full, nothing more is drawn.');
        },
        max: 500,
      },
      {
        name: 'doubleShare',
        get label() {
          return t('Looked at by two, in percent');
        },
        get help() {
          return t('Agreement is computed from these.');
        },
        percent: true,
        max: 100,
      },
    ],
  },
  {
    id: 'canaries',
    get title() {
      return t('Canaries');
    },
    fields: [
      {
        name: 'canariesPerDay',
        get label() {
          return t('Canaries a day');
        },
        get help() {
          return t('Made-up dangerous calls among the real ones. 0 puts none.');
        },
        max: 24,
      },
    ],
  },
  {
    id: 'load',
    get title() {
      return t('Load');
    },
    fields: [
      {
        name: 'pauseAfterVerdicts',
        get label() {
          return t('Propose a pause after verdicts');
        },
        get help() {
          return t('0 never does.');
        },
        max: 1_000,
      },
      {
        name: 'pauseWithinMinutes',
        get label() {
          return t('… within minutes');
        },
        get help() {
          return t('The time they are counted over.');
        },
        max: 240,
      },
      {
        name: 'pauseUnderSeconds',
        get label() {
          return t('… or at a median in sight of seconds');
        },
        get help() {
          return t('Over the last ten. 0 never does.');
        },
        max: 600,
      },
      {
        name: 'highRiskPerHour',
        get label() {
          return t('Verdicts on high and critical risk an hour');
        },
        get help() {
          return t(
            'Beyond it a person approves none of them; they may still reject. Empty: no limit.',
          );
        },
        optional: true,
        max: 10_000,
      },
    ],
  },
];

export function draftOf(settings: Body): Draft {
  const texts = FIELD_GROUPS.flatMap(({ fields }) =>
    fields.map(({ name, percent }) => {
      const value = settings[name];
      if (value === null) return [name, ''];
      return [name, String(percent ? Math.round(value * 10_000) / 100 : value)];
    }),
  );
  const { canaryTemplates } = settings;
  return {
    ...(Object.fromEntries(texts) as Draft),
    canaryTemplates: canaryTemplates === null ? '' : JSON.stringify(canaryTemplates, null, 2),
  };
}

export type Read =
  { readonly settings: unknown } | { readonly errors: Partial<Record<keyof Body, string>> };

/** What was typed as the server takes it, or what is wrong with it, field by field. */
export function readDraft(draft: Draft): Read {
  const errors: Partial<Record<keyof Body, string>> = {};
  const values: Record<string, unknown> = {};
  for (const { name, percent, optional, max } of FIELD_GROUPS.flatMap(({ fields }) => fields)) {
    const text = draft[name].trim();
    const value = Number(text);
    if (text === '' && optional) values[name] = null;
    else if (text === '' || !Number.isFinite(value) || value < 0 || value > max)
      errors[name] = t('A number from 0 to {max}.', { max });
    else if (!percent && !Number.isInteger(value)) errors[name] = t('A whole number.');
    else values[name] = percent ? value / 100 : value;
  }
  const templates = readTemplates(draft.canaryTemplates);
  if (templates === undefined) errors.canaryTemplates = t('This is not a list in JSON.');
  if (Object.keys(errors).length > 0) return { errors };
  return { settings: { ...values, canaryTemplates: templates } };
}

function readTemplates(text: string): unknown {
  if (text.trim() === '') return null;
  try {
    const read: unknown = JSON.parse(text);
    return Array.isArray(read) ? read : undefined;
  } catch {
    return undefined;
  }
}
