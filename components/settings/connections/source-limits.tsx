'use client';

import { Field, Input } from '@/components/ui/field';
import { t } from '@/lib/client/language';

/** What all of its evidence weighs, and how much of it is taken in a day. */
export function SourceLimits({
  weight,
  dailyCap,
  errors,
}: {
  weight: number;
  dailyCap: number;
  errors: Readonly<Record<string, string>>;
}) {
  return (
    <div className="grid gap-3 sm:grid-cols-2">
      <Field
        label={t('Weight, in percent')}
        help={t('1 to 100; 100 is in full.')}
        error={errors['weight']}
      >
        <Input
          name="percent"
          type="number"
          required
          min={1}
          max={100}
          step={1}
          defaultValue={Math.round(weight * 100)}
        />
      </Field>
      <Field
        label={t('Most items a day (UTC)')}
        help={t('0 to 1,000,000; 0 takes nothing.')}
        error={errors['dailyCap']}
      >
        <Input
          name="dailyCap"
          type="number"
          required
          min={0}
          max={1_000_000}
          step={1}
          defaultValue={dailyCap}
        />
      </Field>
    </div>
  );
}

/** What the two fields say. */
export const limitsOf = (fields: FormData) => ({
  weight: Number(fields.get('percent')) / 100,
  dailyCap: Number(fields.get('dailyCap')),
});
