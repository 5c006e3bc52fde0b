'use client';

import { Field, Input, Select, Textarea } from '@/components/ui/field';
import { UntrustedText } from '@/components/ui/untrusted-text';
import { t } from '@/lib/client/language';
import type { EditField } from '../edit-draft';

const HELP: Readonly<Partial<Record<EditField['kind'], string>>> = {
  get escaped() {
    return t('A JSON text in double quotes: it holds characters that cannot be seen.');
  },
  get json() {
    return t('As JSON.');
  },
};

/** Lines a box shows at once. */
const MOST_ROWS = 10;

/** One argument, in a box for its type. */
export function EditedField({
  field,
  text,
  mistake,
  onText,
}: {
  field: EditField;
  text: string;
  mistake: string | undefined;
  onText: (text: string) => void;
}) {
  const changed = text !== field.initial;
  return (
    <Field
      label={
        <>
          <UntrustedText text={field.name} mono />
          {changed ? <span className="ml-2 font-normal text-sev-2">{t('changed')}</span> : null}
        </>
      }
      help={HELP[field.kind]}
      error={mistake}
    >
      <Box field={field} text={text} onText={onText} />
    </Field>
  );
}

function Box({
  field,
  text,
  onText,
}: {
  field: EditField;
  text: string;
  onText: (text: string) => void;
}) {
  switch (field.kind) {
    case 'boolean':
      return (
        <Select value={text} onChange={(event) => onText(event.target.value)}>
          <option value="true">true</option>
          <option value="false">false</option>
        </Select>
      );
    case 'number':
      return (
        <Input
          inputMode="decimal"
          autoComplete="off"
          className="font-mono"
          value={text}
          onChange={(event) => onText(event.target.value)}
        />
      );
    default:
      return (
        <Textarea
          rows={Math.min(MOST_ROWS, Math.max(1, text.split('\n').length, text.length / 60))}
          autoComplete="off"
          spellCheck={false}
          className="font-mono text-[12.5px]"
          value={text}
          onChange={(event) => onText(event.target.value)}
        />
      );
  }
}
