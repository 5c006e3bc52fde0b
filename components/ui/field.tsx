'use client';

import { CircleAlert } from 'lucide-react';
import { createContext, useContext, useId, type ComponentProps, type ReactNode } from 'react';
import { t } from '@/lib/client/language';
import { cx } from './class-names';
import { CONTROL, LINE } from './control-class';

interface FieldIds {
  control: string;
  describedBy: string | undefined;
  invalid: boolean;
}
const FieldContext = createContext<FieldIds | null>(null);

export interface FieldProps {
  label: ReactNode;
  /** What to enter, and what it is for. */
  help?: ReactNode;
  /** What is wrong and how to put it right. */
  error?: ReactNode;
  optional?: boolean;
  /** Keep the label for screen readers only. */
  hideLabel?: boolean;
  children: ReactNode;
  className?: string;
}

/** A label, a control and its help and error, tied together for assistive technology. */
export function Field({
  label,
  help,
  error,
  optional,
  hideLabel,
  children,
  className,
}: FieldProps) {
  const id = useId();
  const ids = [help ? `${id}-help` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <FieldContext value={{ control: id, describedBy: ids || undefined, invalid: Boolean(error) }}>
      <div className={cx('flex min-w-0 flex-col gap-1', className)}>
        <label htmlFor={id} className={hideLabel ? 'sr-only' : 'text-dense font-medium'}>
          {label}
          {optional ? <span className="font-normal text-ink-2"> {t('(optional)')}</span> : null}
        </label>
        {children}
        {help ? (
          <p id={`${id}-help`} className="text-xs text-ink-2">
            {help}
          </p>
        ) : null}
        {error ? (
          <p id={`${id}-error`} className="flex items-start gap-1 text-xs font-medium text-sev-1">
            <CircleAlert aria-hidden size={14} className="mt-px shrink-0" />
            {error}
          </p>
        ) : null}
      </div>
    </FieldContext>
  );
}

function useFieldProps() {
  const field = useContext(FieldContext);
  if (!field) return {};
  return {
    id: field.control,
    'aria-describedby': field.describedBy,
    'aria-invalid': field.invalid || undefined,
  };
}

/** A single line of text. Inside `Field` it takes its id and descriptions from there. */
export function Input({ className, ...rest }: ComponentProps<'input'>) {
  return <input {...useFieldProps()} {...rest} className={cx(LINE, className)} />;
}

/** Several lines of text. */
export function Textarea({ className, rows = 3, ...rest }: ComponentProps<'textarea'>) {
  return (
    <textarea
      {...useFieldProps()}
      rows={rows}
      {...rest}
      className={cx(CONTROL, 'resize-y py-1.5', className)}
    />
  );
}

/** The system's own select: best with keyboards, phones and screen readers. Children are `<option>`s. */
export function Select({ className, children, ...rest }: ComponentProps<'select'>) {
  return (
    <select
      {...useFieldProps()}
      {...rest}
      className={cx(CONTROL, 'select-arrow h-8 appearance-none pr-7 max-sm:h-11', className)}
    >
      {children}
    </select>
  );
}

/** A box to tick with its words beside it. */
export function Checkbox({
  label,
  className,
  ...rest
}: ComponentProps<'input'> & { label: ReactNode }) {
  return (
    <label className={cx('flex min-h-6 items-start gap-2 text-sm', className)}>
      <input type="checkbox" {...rest} className="mt-0.5 size-4 shrink-0 accent-(--accent)" />
      <span>{label}</span>
    </label>
  );
}
